/** What a new plan offers and what it still lacks. */

import { expect, test } from 'vitest'

import type { Enterprise, Item, Officer } from '@contract/records'

import type { Ledger, PlanAdvice, PlanDraft, PlanView } from '@/generated/http'

import type { ExemptReason } from './rules'
import { type Known, lackOf } from './plan-lacks'
import { specialsWaiting } from './special-views'
import {
  candidatesOf,
  emptyDraft,
  giverWords,
  itemGroups,
  leastOfficers,
  mayAnswer,
  saidWords,
  waitingOf,
} from './views'

const DAY = '2026-09-18'
const SECTOR = { id: 'hazardous_chemicals', title: '危险化学品' }
const UNIT: Enterprise = { id: 'e1', code: '', name: '启明', section: 's1', sector: SECTOR.id }

function officer(id: string, name: string, change: Partial<Officer> = {}): Officer {
  const certificate = { number: id, scope: [SECTOR.id], issued: '2025-01-01', until: '2027-01-01' }
  const post = { section: 's1', section_name: '危化科', roles: ['R1'] }
  return { id, name, ...post, certificate, ...change }
}

function item(id: string, group: string, sector = SECTOR.id): Item {
  return { id, list_version: '1', sector, group, title: id, content: '', method: '', basis: [] }
}

const OFFICERS = [
  officer('3', '周', { section: 's2' }),
  officer('1', '李㛃'),
  officer('2', '王', { certificate: null }),
  officer('4', '钱', { section: 's2', certificate: null }),
]

test('only certified officers can be chosen; of the own section it is said who cannot', () => {
  const { fit, unfit } = candidatesOf(OFFICERS, { section: 's1' }, SECTOR, DAY)
  expect(fit.map(({ label }) => label)).toEqual(['李㛃 · 证号 1', '周 · 证号 3'])
  expect(unfit).toEqual(['王没有执法证，不能参加检查。'])
})

test('items are those of the sector, by groups in the order of the list (S3-2.1a)', () => {
  const rows = [item('a', '储存'), item('x', '储存', 'mining'), item('b', '人员'), item('c', '储存')]
  const found = itemGroups(rows, SECTOR.id)
  const groups = found.map(({ title, items }) => [title, items.map(({ id }) => id)])
  expect(groups).toEqual([
    ['储存', ['a', 'c']],
    ['人员', ['b']],
  ])
})

const KNOWN: Known = { enterprise: UNIT, fit: candidatesOf(OFFICERS, { section: 's1' }, SECTOR, DAY).fit, least: 2 }
const WHOLE: PlanDraft = { ...emptyDraft(DAY, '1'), reason: '年度计划', officers: ['1', '3'], items: ['a'] }

test('the button says the first thing that lacks, and nothing when the plan is whole', () => {
  expect(lackOf(WHOLE, { ...KNOWN, enterprise: null })?.words).toBe('先选企业')
  expect(lackOf({ ...WHOLE, reason: ' ' }, KNOWN)?.words).toBe('先写检查事由')
  expect(lackOf({ ...WHOLE, officers: ['1'] }, KNOWN)?.words).toBe('还差 1 名持证执法人员')
  expect(lackOf({ ...WHOLE, officers: ['1', '2'] }, KNOWN)?.words).toBe('还差 1 名持证执法人员')
  expect(lackOf({ ...WHOLE, items: [] }, KNOWN)?.words).toBe('先选检查事项')
  expect(lackOf(WHOLE, KNOWN)).toBeUndefined()
})

test('what the server would refuse is named with the field it is written in', () => {
  const reasons: ExemptReason[] = [
    { code: 'complaint', title: '投诉举报', needs: ['reference', 'approver'], source: '' },
  ]
  const verdict = { cap: 4, counted: 4, left: 0, over: true, words: '', missing: [] }
  const advice = { verdict, off_site_first: true, required: ['content'] } as unknown as PlanAdvice
  const at = (change: Partial<PlanDraft>): string | undefined =>
    lackOf({ ...WHOLE, ...change }, { ...KNOWN, advice, reasons })?.at
  const asked = (reason: string, answer: 'yes' | 'no' = 'no'): Partial<PlanDraft> => ({ off_site: { answer, reason } })
  expect(at({})).toBe('off_site')
  expect(at(asked(' '))).toBe('off_site.reason')
  expect(at(asked('看数据即可', 'yes'))).toBe('kind')
  const no = asked('要实测')
  expect(at({ ...no, kind: 'special' })).toBe('special')
  expect(at(no)).toBe('exemption')
  expect(at({ ...no, exemption: { code: 'complaint' } })).toBe('exemption.reference')
  const numbered = { code: 'complaint', reference: '举报〔2026〕3号' }
  expect(at({ ...no, exemption: numbered })).toBe('exemption.approver')
  const exemption = { ...numbered, approver: '王磊' }
  expect(at({ ...no, exemption })).toBe('content')
  expect(at({ ...no, exemption, starts: '9点' })).toBe('starts')
  const written = { ...no, exemption, content: '报警器' }
  expect(at({ ...written, joint: [{ name: '', task: '消防' }] })).toBe('joint')
  expect(at(written)).toBeUndefined()
})

test('how many officers is what the pack of the place says', () => {
  const row = { id: 'inspection.officers_at_least', json: '2', source: '', in_force: '2026-01-01' }
  expect(leastOfficers(new Map([[row.id, row]]))).toBe(2)
})

function plan(id: string, created: number, may: string[]): PlanView {
  const draft = { enterprise: 'e1', planned_for: '2026-09-18', reason: '', officers: [], items: [] }
  const unit = { enterprise: 'e1', enterprise_name: '', section: 's', created_by: 'of_1' }
  return { id, state: 'pending_review', ...unit, created, draft, dossier: '', number: '', may }
}

test('only what waits for this reader is his to approve, the oldest first', () => {
  const plans = [plan('new', 3, ['review']), plan('own', 1, []), plan('old', 2, ['approve'])]
  expect(waitingOf(plans).map(({ id }) => id)).toEqual(['old', 'new'])
})

test('plans wait for section heads and leaders only', () => {
  expect(mayAnswer({ roles: ['R7'] })).toBe(true)
  expect(mayAnswer({ roles: ['R1', 'R2'] })).toBe(true)
  expect(mayAnswer({ roles: ['R1'] })).toBe(false)
  expect(mayAnswer({ roles: ['R14'] })).toBe(false)
  expect(mayAnswer(null)).toBe(false)
})

test('a special check waits for who may answer it, the oldest first', () => {
  const row = (id: string, created: number, may: boolean) => ({ id, created, may })
  const checks = [row('new', 2, true), row('old', 1, true), row('done', 0, false)]
  expect(specialsWaiting({ checks } as unknown as Ledger).map(({ id }) => id)).toEqual(['old', 'new'])
  expect(specialsWaiting(null)).toEqual([])
})

test('a plan is agreed to in review and approved by the leader, or in the leader’s name', () => {
  const said = (act: string, answer: string): string => saidWords({ act, answer })
  expect([said('review', 'yes'), said('review', 'no')]).toEqual(['审核同意', '审核不同意'])
  expect([said('approve', 'yes'), said('approve', 'no')]).toEqual(['批准', '不批准'])
  const answer = { act: 'approve', answer: 'yes', name: '张伟', words: '', at: 0 }
  expect(giverWords({ ...answer, delegated_by: '徐建明' })).toBe('张伟（受徐建明委托）')
  expect(giverWords(answer)).toBe('张伟')
})
