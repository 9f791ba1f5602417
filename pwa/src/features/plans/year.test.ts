/** What the desk says of a year, of bodies that join, of a list and of a ledger. */

import { expect, test } from 'vitest'

import type { PlanAdvice, PlanDraft } from '@/generated/http'

import type { ExemptReason } from './rules'
import { lackOf } from './plan-lacks'
import { bodiesOf, bodiesText, changeWords, copiedFrom, countWords, emptyDraft } from './views'

const UNIT = { id: 'e1', code: '', name: '米东气体', section: 's1', sector: 'x' }
const FIT = [
  { value: '1', label: '孙丽' },
  { value: '2', label: '穆塔力甫' },
]
const COUNT = { counted: 4, not_counted: 1, exempt: 1, rechecks: 1, joint: 1 }
const FULL: PlanAdvice = {
  verdict: { cap: 4, counted: 4, left: 0, over: true, words: '今年已查满 4 次，计划检查不能再来。' },
  count: COUNT,
  reserved: 1,
  floor_left: 0,
  advice: [],
  off_site_first: true,
  required: ['content', 'steps'],
  last: null,
}
const REASONS: readonly ExemptReason[] = [
  { code: 'complaint', title: '投诉举报', needs: ['reference', 'approver'], source: '' },
]
const WHOLE: PlanDraft = {
  ...emptyDraft('2026-09-18', '1'),
  reason: '年度计划',
  officers: ['1', '2'],
  items: ['a'],
}

test('counted, reserved, joint, recheck and exempt visits are told apart (S3-3.1)', () => {
  expect(countWords(FULL)).toBe(
    '今年已查 3 次；已批准还没查 1 次；其中联合检查 1 次；复查 1 次、免限 1 次，不计入。',
  )
})

test('at the cap the button asks off site first, then the reason, then the form (S3-3.2)', () => {
  const known = { enterprise: UNIT, fit: FIT, least: 2, advice: FULL, reasons: REASONS }
  const lack = (draft: PlanDraft): string | undefined => lackOf(draft, known)?.words
  expect(lack(WHOLE)).toBe('先答能不能不进企业就办成')
  const could = { ...WHOLE, off_site: { answer: 'yes', reason: '看数据' } as const }
  expect(lack(could)).toBe('检查类型改为非现场检查')
  const cannot = { ...WHOLE, off_site: { answer: 'no', reason: '要实测' } as const }
  expect(lack(cannot)).toBe('先选免限理由')
  const exempt = { ...cannot, exemption: { code: 'complaint', reference: '9号', approver: '王磊' } }
  expect(lack(exempt)).toBe('先写检查内容')
  expect(lack({ ...exempt, content: '报警', steps: ' ' })).toBe('先写检查步骤')
  expect(lack({ ...exempt, content: '报警', steps: '先罐区' })).toBeUndefined()
})

test('bodies that join are a line each, with their task after a colon (S3-3.3a)', () => {
  const bodies = bodiesOf('市消防救援支队：消防设施\n\n 市生态环境局 \n')
  expect(bodies).toEqual([
    { name: '市消防救援支队', task: '消防设施' },
    { name: '市生态环境局', task: '' },
  ])
  expect(bodiesText(bodies)).toBe('市消防救援支队：消防设施\n市生态环境局')
})

test('copying takes what is checked and how, not who goes, when and why', () => {
  const last = { ...WHOLE, focus: '报警器', planned_for: '2025-09-01', items: ['b'] }
  const copied = copiedFrom(last, emptyDraft('2026-09-18', '9'))
  expect(copied).toMatchObject({ focus: '报警器', items: ['b'], planned_for: '2026-09-18' })
  expect([copied.officers, copied.reason]).toEqual([['9'], ''])
})

test('a version says what it changed in the one before (S3-2.2)', () => {
  const list = { version: '2', title: '', in_force: '', published: '', filed: '', items: [] }
  const change = { added: ['n'], dropped: ['o'], changed: [] }
  expect(changeWords({ list, change })).toBe('共 0 项。比上一版增加 1 项、去掉 1 项（o）。')
  expect(changeWords({ list, change: { added: [], dropped: [], changed: [] } })).toBe('共 0 项。')
})
