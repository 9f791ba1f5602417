import { expect, test } from 'vitest'

import type { CheckView, RunView } from '@/generated/http'

import { applyWords, kindsFor, rowWords, runWords, stateOptions, undoneWords, whenWords } from './views'

const TRIAL: CheckView = {
  kind: 'enterprises',
  token: 't',
  sheet: '台账',
  new: 3,
  changed: 1,
  unchanged: 0,
  refused: 2,
  extra: [],
  notes: [],
  rows: [],
  left_off: 0,
}
const RUN: RunView = {
  id: 'r',
  kind: 'enterprises',
  officer: 'gaoyuan',
  officer_name: '高远',
  at: 0,
  file_name: '台账.xlsx',
  list_version: '',
  created: 3,
  changed: 1,
  refused: 0,
  undone_at: null,
  kept: 0,
}

test.each([
  [['R14'], ['enterprises', 'officers']],
  [['R5'], ['items']],
  [['R1', 'R2', 'R7'], []],
])('domain.md 6.2: %j may import %j', (roles, kinds) => {
  expect(kindsFor(roles).map(({ value }) => value)).toEqual(kinds)
})

test('a trial is looked at by the states it has, what is refused first', () => {
  expect(stateOptions(TRIAL).map(({ label }) => label)).toEqual(['不能导入 2', '新增 3', '修改 1'])
})

test.each([
  [TRIAL, '只导入好的 4 行，2 行不导入'],
  [{ ...TRIAL, refused: 0 }, '导入 4 行'],
  [{ ...TRIAL, new: 0, changed: 0 }, ''],
])('the button says how much it brings in', (trial, words) => {
  expect(applyWords(trial)).toBe(words)
})

test('a row says its faults, or what it changes', () => {
  const row = { number: 2, name: '甲厂', faults: ['第 2 行'], changes: [] }
  const change = { title: '地址', before: '', after: '新址' }
  expect(rowWords({ ...row, state: 'refused' })).toEqual(['第 2 行'])
  expect(rowWords({ ...row, state: 'changed', faults: [], changes: [change] })).toEqual([
    '地址：空 → 新址',
  ])
})

test('a run says what it did and whether it was taken back', () => {
  expect(runWords({ ...RUN, refused: 2 })).toBe('新增 3，修改 1，2 行没导入')
  expect(undoneWords(RUN)).toBe('')
  expect(undoneWords({ ...RUN, undone_at: 1, kept: 1 })).toBe('已撤销，1 行后来改过，保留')
})

test('a run is told with its day and its time of day', () => {
  const at = Date.UTC(2026, 8, 18, 6, 5)
  expect(whenWords(at, '2026-09-18')).toBe('9月18日 14:05')
  expect(whenWords(at, '2027-01-02')).toBe('2026年9月18日 14:05')
})
