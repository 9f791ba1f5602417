import { describe, expect, test } from 'vitest'

import type { CodeView, EnrolmentView, LifeboatReply, PersonView } from '@/generated/http'

import {
  boatWords,
  certificatesWords,
  codeLines,
  codeWords,
  skewWords,
  toBeGiven,
  unsentWords,
  warningWords,
} from './admin-views'

const PERSON = { active: true, warning: -1, certificates: [] } as unknown as PersonView
const PHONE = { skew: 0, last_contact: 1, unsent: null } as unknown as EnrolmentView
const RUN = { device: 'd', epoch: 1, accepted: 0, duplicate: 0, quarantined: 0, refused: 0 }

function boat(...runs: Partial<typeof RUN>[]): LifeboatReply {
  return { timeline: 't', now: 0, runs: runs.map((run) => ({ ...RUN, ...run })) } as LifeboatReply
}

test('a code is read out in threes of four', () => {
  expect(codeWords('abcdefghjkmn')).toBe('abcd efgh jkmn')
})

test('copied codes are lines that paste into a table', () => {
  const given = { name: '李㛃', section_name: '危化科', login: 'lijie', code: 'abcdefghjkmn', until: 0 }
  const lines = codeLines([given, { ...given, name: '努尔兰' }] as unknown as CodeView[]).split('\n')
  expect(lines.map((line) => line.split('\t').slice(0, 4))).toEqual([
    ['李㛃', '危化科', 'lijie', 'abcd efgh jkmn'],
    ['努尔兰', '危化科', 'lijie', 'abcd efgh jkmn'],
  ])
})

test('who has an unused code can be given a new one together with others', () => {
  const person = (id: string, login_state: string, active = true): PersonView =>
    ({ ...PERSON, id, login_state, active }) as PersonView
  const people = [person('1', 'none'), person('2', 'code'), person('3', 'own'), person('4', 'code', false)]
  expect(toBeGiven(people, 'none')).toEqual(['1'])
  expect(toBeGiven(people, 'code')).toEqual(['2'])
})

describe('执法证 (S3-1.1)', () => {
  test.each([
    [-1, ''],
    [30, '执法证不到 30 天到期'],
    [0, '执法证已到期'],
  ])('warning %i', (warning, words) => expect(warningWords({ ...PERSON, warning })).toBe(words))

  test('of several the one that lasts longest is told, a suspended one as such', () => {
    const [old, late] = [
      { number: '1', scope: [], issued: '', until: '2026-01-01' },
      { number: '2', scope: [], issued: '', until: '2030-01-01' },
    ]
    expect(certificatesWords({ ...PERSON, certificates: [late, old] })).toBe('2 至 2030-01-01')
    const suspended = { ...late, suspended: true }
    expect(certificatesWords({ ...PERSON, certificates: [suspended] })).toBe('2 已暂停')
    expect(certificatesWords(PERSON)).toBe('没有')
  })
})

test.each([
  [0, '准'],
  [119_999, '准'],
  [600_000, '快 10 分钟'],
  [-600_000, '慢 10 分钟'],
])('a clock that is off by %i', (skew, words) => {
  expect(skewWords({ ...PHONE, skew })).toBe(words)
})

test('what is not known is not called nothing', () => {
  expect(unsentWords(PHONE)).toBe('不知道')
  expect(unsentWords({ ...PHONE, unsent: 0 })).toBe('没有')
})

test('a lifeboat is told in counts', () => {
  expect(boatWords(boat())).toContain('没有待传的内容')
  expect(boatWords(boat({ accepted: 2 }, { accepted: 1, quarantined: 4 }))).toBe(
    '收下 3 项，待科长受理 4 项。',
  )
})
