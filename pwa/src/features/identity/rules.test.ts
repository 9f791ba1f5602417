import type { Officer } from '@contract/records'
import { describe, expect, test } from 'vitest'

import { certificateState, heldOn, mayInspect, unfitness, unfitWords } from './rules'

const CERTIFICATE = {
  number: '31020117',
  scope: ['hazardous_chemicals', 'fireworks'],
  issued: '2025-01-10',
  until: '2027-01-09',
}
const LI: Officer = {
  id: 'lijie',
  name: '李㛃',
  section: 'whk',
  section_name: '危化科',
  roles: ['R1'],
  certificate: CERTIFICATE,
}
const DAY = '2026-09-18'

describe('行政执法证件 on a day (S2-8(8))', () => {
  test.each([
    ['the first day', '2025-01-10', 'valid'],
    ['the last day', '2027-01-09', 'valid'],
    ['the day before it was issued', '2025-01-09', 'not_yet'],
    ['the day after the last', '2027-01-10', 'expired'],
  ])('%s', (_, day, state) => expect(certificateState(CERTIFICATE, day)).toBe(state))

  test('none, or suspended, counts for nothing', () => {
    expect(certificateState(null, DAY)).toBe('none')
    expect(certificateState({ ...CERTIFICATE, suspended: true }, DAY)).toBe('suspended')
  })
})

describe('several certificates over time', () => {
  const renewed = { ...CERTIFICATE, number: '2', issued: '2027-01-10', until: '2032-01-09' }
  const both = { ...LI, certificates: [renewed, CERTIFICATE] }
  test.each([
    ['the old one while it lasts', both, '2027-01-09', '31020117'],
    ['the new one from its first day, without a network', both, '2027-01-10', '2'],
    ['the only one there is', LI, DAY, '31020117'],
  ])('%s', (_, officer, day, number) => expect(heldOn(officer, day)?.number).toBe(number))

  test('a suspended one gives way to a valid one', () => {
    const suspended = { ...renewed, issued: '2025-01-01', suspended: true }
    expect(heldOn({ ...LI, certificates: [suspended, CERTIFICATE] }, DAY)?.number).toBe('31020117')
  })
})

describe('who counts as one of the two (行政处罚法 42(1))', () => {
  const general = { ...CERTIFICATE, scope: ['综合'] }
  test.each([
    ['in scope', LI, 'fireworks', null],
    ['no scope asked', LI, '', null],
    ['out of scope', LI, 'industry_trade', 'scope'],
    ['综合 covers every sector', { ...LI, certificate: general }, 'industry_trade', null],
    ['a head of section', { ...LI, roles: ['R2'] }, 'fireworks', null],
    ['an expert, certified or not', { ...LI, roles: ['R9'] }, 'fireworks', 'expert'],
    ['an administrator', { ...LI, roles: ['R14'] }, '', 'expert'],
    ['one who has left', { ...LI, active: false }, 'fireworks', 'inactive'],
    ['without a certificate', { ...LI, certificate: null }, '', 'none'],
  ] as const)('%s', (_, officer, sector, unfit) => {
    const asked = officer as Officer
    expect(unfitness(asked, sector, DAY)).toBe(unfit)
    expect(mayInspect(asked, sector, DAY)).toBe(unfit === null)
  })
})

test('the words name the person and the day, or the sector', () => {
  const hassan = { ...LI, name: '努尔兰·哈森' }
  expect(unfitWords(hassan, 'scope', '危险化学品', DAY)).toBe(
    '努尔兰·哈森的证件不含“危险化学品”，不能参加这次检查。',
  )
  expect(unfitWords(LI, 'expired', '', '2027-02-01')).toContain('已于 1月9日到期')
  expect(unfitWords(LI, 'expired', '', '2030-02-01')).toContain('已于 2027年1月9日到期')
  expect(unfitWords(LI, 'not_yet', '', '2025-01-02')).toContain('证 1月10日才生效')
  expect(unfitWords(LI, 'not_yet', '', '2024-12-02')).toContain('证 2025年1月10日才生效')
})
