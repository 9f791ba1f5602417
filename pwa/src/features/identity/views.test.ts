/** What the lock says. */

import { expect, test } from 'vitest'

import { behindWords } from './views'

const elapsedMs = (48 * 60 + 12) * 1_000

test('behind the lock the recording tells its time and whether it goes on, nothing more', () => {
  expect(behindWords({ state: 'recording', elapsedMs })).toBe('正在录音 00:48:12 没有停')
  expect(behindWords({ state: 'paused', elapsedMs })).toBe('录音已暂停 00:48:12')
  expect(behindWords({ state: 'stopped', elapsedMs })).toBe('录音停了 00:48:12，打开后继续')
})
