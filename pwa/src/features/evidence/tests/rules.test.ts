import { expect, test } from 'vitest'

import { isTap } from '../annotation'
import {
  bareType,
  bySending,
  isFor,
  isHonoured,
  mayFree,
  newestRun,
  nextNumber,
  openRuns,
  percentOf,
  receiptText,
  waitsForWifi,
} from '../rules'
import { gapWords, headline, skewWords } from '../views'

const act = (id: string, n: number, name: string) => ({ id, values: { n, act: name } })

test('S0-7a numbers of a run go on where this enrolment and epoch stopped', () => {
  const ledger = [act('a.1.3', 1, 'captured'), act('a.1.5', 2, 'mark'), act('b.1.2', 7, 'captured')]
  expect(nextNumber('a.1', ledger)).toBe(3)
  expect(nextNumber('a.2', ledger)).toBe(1)
  expect(nextNumber('b.1', ledger)).toBe(8)
})

test('after a fork the newest epoch of this phone counts, not another phone’s', () => {
  expect(newestRun('a', ['a.1.9', 'a.2.1', 'b.7.1'])).toBe('a.2')
  expect(newestRun('a', [])).toBe('a.1')
})

test('S1-4c a run is open from its capture to run_closed, and again after a later capture', () => {
  const closed = [act('a.1.1', 1, 'captured'), act('a.1.2', 2, 'run_closed')]
  expect(openRuns('a', closed)).toEqual([])
  expect(openRuns('a', [...closed, act('a.1.4', 3, 'mark')])).toEqual([])
  expect(openRuns('a', [...closed, act('a.1.4', 3, 'captured')])).toEqual(['a.1'])
  expect(openRuns('a', [act('b.1.1', 1, 'captured')])).toEqual([])
})

test('a receipt speaks of a file only with its name, its hash and its size', () => {
  const receipt = { key: 'k1', evidence: 'e', sha256: 'aa', bytes: 5, received: 9 }
  expect(receiptText('d', receipt)).toBe('anxun/receipt/1\nk1\nd\ne\naa\n5\n9\n')
  expect(isFor(receipt, 'e', { sha256: 'aa', bytes: 5 })).toBe(true)
  expect(isFor(receipt, 'e', { sha256: 'aa', bytes: 6 })).toBe(false)
  expect(isFor(receipt, 'e', { sha256: 'ab', bytes: 5 })).toBe(false)
  expect(isFor(receipt, 'f', { sha256: 'aa', bytes: 5 })).toBe(false)
})

test('a key signs until the day it was withdrawn, counted in China', () => {
  const midnight = Date.UTC(2026, 8, 9, 16)
  expect(isHonoured(undefined, midnight)).toBe(true)
  expect(isHonoured('2026-09-10', midnight - 1)).toBe(true)
  expect(isHonoured('2026-09-10', midnight)).toBe(false)
})

test('papers go before photos, photos before sound, what is asked for before all', () => {
  const waiting = [
    { kind: 'audio', captured: 1, raised: 0 },
    { kind: 'photo', captured: 3, raised: 0 },
    { kind: 'photo', captured: 2, raised: 0 },
    { kind: 'pdf', captured: 9, raised: 0 },
    { kind: 'audio', captured: 8, raised: 1 },
  ]
  expect([...waiting].sort(bySending).map(({ captured }) => captured)).toEqual([8, 9, 2, 3, 1])
})

test('only recordings wait for Wi-Fi, and not against the officer’s word', () => {
  expect(waitsForWifi('audio', true, false)).toBe(true)
  expect(waitsForWifi('audio', true, true)).toBe(false)
  expect(waitsForWifi('audio', false, false)).toBe(false)
  expect(waitsForWifi('photo', true, false)).toBe(false)
})

test('a file is whole only when all is there', () => {
  expect([percentOf(999, 1000), percentOf(1000, 1000), percentOf(0, 0)]).toEqual([99, 100, 0])
  expect(bareType('audio/webm;codecs=opus')).toBe('audio/webm')
})

test('what went wrong is said before 都在', () => {
  expect(headline(0, 0)).toEqual({ good: true, text: '都在，没有丢' })
  expect(headline(1, 2).text).toBe('有 1 项存不上，看这里')
  expect(headline(0, 2).text).toBe('有 2 项服务器没收，原因在下面')
  expect(gapWords(37, 'mute')).toBe('录音断了不到 1 秒（麦克风被占用），已自动恢复')
  expect(gapWords(38_000, 'call')).toBe('录音断了 38 秒（来电），已自动恢复')
  expect([skewWords(-360_000), skewWords(120_000)]).toEqual([
    '手机时间慢 6 分钟，已按服务器时间注明。',
    '',
  ])
})

test('a second tap nearby is no drag', () => {
  expect(isTap({ x: 0.5, y: 0.5 }, { x: 0.51, y: 0.5 })).toBe(true)
  expect(isTap({ x: 0.5, y: 0.5 }, { x: 0.6, y: 0.5 })).toBe(false)
})

test('bytes are dropped when a backup of the server holds them', () => {
  expect(mayFree(100, 100, 0, 5000)).toBe(true)
  expect(mayFree(101, 100, 0, 5000)).toBe(false)
})

test('where no backup is ever made they stay some days', () => {
  expect(mayFree(100, 0, 50, 150)).toBe(true)
  expect(mayFree(100, 0, 50, 149)).toBe(false)
})
