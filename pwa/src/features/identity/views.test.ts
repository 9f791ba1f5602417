/** What the lock and the way out say. */

import { expect, test } from 'vitest'

import type { FileLeft } from './services'
import { behindWords, endedWords, hindranceWords, lockWords } from './views'

const elapsedMs = (48 * 60 + 12) * 1_000

test('behind the lock the recording tells its time and whether it goes on, nothing more', () => {
  expect(behindWords({ state: 'recording', elapsedMs })).toBe('正在录音 00:48:12 没有停')
  expect(behindWords({ state: 'paused', elapsedMs })).toBe('录音已暂停 00:48:12')
  expect(behindWords({ state: 'stopped', elapsedMs })).toBe('录音停了 00:48:12，打开后继续')
})

test.each([
  [15, '15 分钟'],
  [60, '60 分钟'],
  [61, '2 小时'],
  [16 * 60, '16 小时'],
  [64 * 60, '3 天'],
])('a pause of %i minutes is told in its own unit', (minutes, wait) => {
  const words = lockWords({ ok: false, left: 0, until: minutes * 60_000 }, 0)
  expect(words).toContain(`试错次数太多，${wait}后再试。`)
})

test('who cannot leave is told why, and that nothing has changed', () => {
  expect(hindranceWords({ why: 'recording' })).toMatch(/正在录音.*先停下录音.*什么也没有动/)
  expect(hindranceWords({ why: 'only_here', count: 3 })).toMatch(/还有 3 项只在本机.*什么也没有动/)
})

const file = (kind: string, at: FileLeft['at']): FileLeft => ({ kind, at, refusal: '' })

test('a phone that was ended says all is at the server only where it is', () => {
  expect(endedWords(0, [])).toEqual(['写过的都在服务器，没有丢。'])
  expect(endedWords(2, [])).toEqual([expect.stringContaining('2 项记录仍加密存在本机')])
  const files = [
    file('photo', 'phone'),
    file('audio', 'phone'),
    file('photo', 'phone'),
    file('audio', 'unrecorded'),
    file('pdf', 'arrived'),
    file('', 'unrecorded'),
  ]
  expect(endedWords(0, files)).toEqual([
    expect.stringContaining('2 张照片、1 段录音的原件只在本机'),
    expect.stringContaining('1 段录音、1 个文件还没记进卷宗'),
    expect.stringContaining('1 份文书服务器收到了'),
  ])
})
