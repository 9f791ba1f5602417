/** The state of an inspection (domain.md 6.3) as a pure function of its facts. */

import type { Held, Obstacle, OpenItem, OrderItem, State, Station, View } from '../model'
import {
  ORDER,
  RECORD,
  by,
  byMaking,
  isYes,
  live,
  openRuns,
  orderItems,
  partlyItems,
  signaturesMissing,
  signedBy,
  standingSignatures,
} from './view'

type Condition = (view: View) => boolean

const OFFICERS = 2

const STATES: readonly (readonly [State, Condition])[] = [
  ['cancelled', isCancelled],
  ['closed', (view) => live(view, 'approval').some((each) => isYes(each, 'close'))],
  ['transfer_required', wantsTransfer],
  ['partly', (view) => partlyItems(view).length > 0],
  ['passed', hasPassed],
  ['recheck_due', isRecheckDue],
  ['rectifying', (view) => binding(view).length > 0],
  ['closed_no_issue', hasNoIssue],
  ['served', isServed],
  ['refused', isRefused],
  ['signed', (view) => signedRecords(view).length > 0 || papers(view, RECORD).length > 0],
  ['exchanged', (view) => hasEnded(view) && allDiscussed(view)],
  ['ended', hasEnded],
  ['in_progress', (view) => hasArrived(view) || live(view, 'inspection').some((e) => e.started)],
  ['planned', (view) => planAnswers(view).some((each) => isYes(each, 'approve'))],
  ['plan_pending', isPlanPending],
]

const STATIONS: readonly (readonly [Station['name'], string, Condition])[] = [
  ['arrival', '到场', hasArrived],
  ['certificates', '亮证', (view) => hasSteps(view, 'certificates_shown')],
  ['told', '告知', (view) => hasSteps(view, 'rights_told', 'integrity_statement')],
  ['check', '检查', isChecked],
  ['exchange', '交换意见', isDiscussed],
  ['documents', '文书', isDocumented],
]

/** The first state of the table whose condition holds. */
export function stateOf(view: View): State {
  return STATES.find(([, holds]) => holds(view))?.[0] ?? 'draft'
}

/** The end of the visit (UTC ms), corrected by its last addendum; null while it lasts. */
export function endedAt(view: View): number | null {
  return live(view, 'inspection')[0]?.ended ?? null
}

/** The six stations: done by their facts, the first undone is now. */
export function progress(view: View): readonly Station[] {
  const done = STATIONS.map(([, , holds]) => holds(view))
  const now = done.indexOf(false)
  return STATIONS.map(([name, title], i) => {
    return { name, title, state: done[i] ? 'done' : i === now ? 'now' : 'todo' }
  })
}

/** Order items not yet found mended, the first due first. `today` is an Asia/Shanghai day. */
export function openItems(view: View, today: string): readonly OpenItem[] {
  return unmended(view).map((item) => ({ ...item, overdue: item.due < today }))
}

/** What keeps the dossier open; empty when it may be closed (architecture.md 6). */
export function mayClose(view: View): readonly Obstacle[] {
  const blobs = withoutReceipt(view)
  const runs = openRuns(view).map((act) => act.id)
  const items = unmended(view).map((item) => item.finding)
  const found: readonly Obstacle[] = [
    { kind: 'missing_blob', says: `还缺 ${blobs.length} 件附件，不能结案`, records: blobs },
    {
      kind: 'open_run',
      says: `有 ${runs.length} 台手机的录音和照片没收尾，不能结案`,
      records: runs,
    },
    { kind: 'open_item', says: `还有 ${items.length} 个问题没整改合格，不能结案`, records: items },
  ]
  return found.filter((each) => each.records.length > 0)
}

const CLOSABLE: readonly State[] = ['passed', 'closed_no_issue', 'served']

/** Everything that stands against closing it now, in words; closed already is one. */
export function keepsOpen(view: View): readonly string[] {
  if (stateOf(view) === 'closed') return ['已经结案']
  if (endedAt(view) === null) return ['检查还没结束']
  const held = Object.values(view).flatMap((records) => (Array.isArray(records) ? records : []))
  const disputed = held.reduce((sum, each) => sum + (each.conflicts?.length ?? 0), 0)
  const two = disputed > 0 ? [`还有 ${disputed} 处两份待选，不能结案`] : []
  const found = [...two, ...mayClose(view).map(({ says }) => says)]
  if (found.length > 0 || CLOSABLE.includes(stateOf(view))) return found
  return ['文书还没办完，不能结案']
}

/** Discarded evidence counts: it is kept with its trace and must arrive like the rest. */
function withoutReceipt(view: View): readonly string[] {
  const received = new Set(live(view, 'receipt').map((each) => each.evidence))
  const all = [...(view.evidence ?? [])].sort(byMaking).map((each) => each.id)
  return all.filter((id) => !received.has(id))
}

/** Withdrawn before anybody arrived; a visit that took place cannot be unmade. */
function isCancelled(view: View): boolean {
  const known = view.inspection ?? []
  return known.length > 0 && live(view, 'inspection').length === 0 && !hasArrived(view)
}

function wantsTransfer(view: View): boolean {
  const handed = view.transferred ?? []
  return orderItems(view).some((e) => e.result === 'not_fixed' && !handed.includes(e.finding))
}

function hasPassed(view: View): boolean {
  return orderItems(view).length > 0 && unmended(view).length === 0
}

function unmended(view: View): readonly OrderItem[] {
  return orderItems(view).filter((item) => item.result !== 'fixed')
}

/** A day has passed, or the unit asked earlier; only what was served binds. */
function isRecheckDue(view: View): boolean {
  const today = view.today ?? ''
  const requested = view.requested ?? []
  return binding(view).some((item) => item.due < today || requested.includes(item.order))
}

function binding(view: View): readonly OrderItem[] {
  const served = servedPapers(view)
  return unmended(view).filter((item) => served.has(item.order))
}

function servedPapers(view: View): ReadonlySet<string> {
  return new Set(live(view, 'service').map((each) => each.document ?? ''))
}

/** The record is issued, and every problem, if any, was corrected on the spot. */
function hasNoIssue(view: View): boolean {
  const settled = live(view, 'finding').every((each) => each.dispositions?.join() === 'corrected')
  return settled && papers(view, RECORD).length > 0 && orderItems(view).length === 0
}

/** The record stays in the file; every other paper has reached the unit. */
function isServed(view: View): boolean {
  const served = servedPapers(view)
  const outward = live(view, 'document').filter((each) => each.kind !== RECORD)
  if (papers(view, RECORD).length === 0 || outward.length === 0) return false
  return outward.every((each) => served.has(each.id))
}

function isRefused(view: View): boolean {
  return signedRecords(view)
    .flatMap((draft) => standingSignatures(view, draft))
    .some((each) => each.role === 'party' && signedBy(each) === 'refusal')
}

function signedRecords(view: View): readonly string[] {
  return live(view, 'draft')
    .filter((each) => each.kind === RECORD)
    .map((each) => each.id)
    .filter((draft) => signaturesMissing(view, draft, OFFICERS, false) === 0)
}

function allDiscussed(view: View): boolean {
  const discussed = new Set(live(view, 'exchange').map((each) => each.finding))
  return live(view, 'finding').every((each) => discussed.has(each.id))
}

function hasEnded(view: View): boolean {
  return endedAt(view) !== null
}

function hasArrived(view: View): boolean {
  return live(view, 'arrival').length > 0
}

/** A plan lies with the office and its last answer is no refusal. */
function isPlanPending(view: View): boolean {
  const last = [...planAnswers(view)].sort(by((each) => each.at ?? 0)).at(-1)
  return live(view, 'plan').length > 0 && last?.answer !== 'no'
}

function planAnswers(view: View): readonly Held<'approval'>[] {
  return live(view, 'approval').filter((each) => each.act === 'review' || each.act === 'approve')
}

function papers(view: View, kind: string): readonly Held<'document'>[] {
  return live(view, 'document').filter((each) => each.kind === kind)
}

function hasSteps(view: View, ...names: readonly string[]): boolean {
  const taken = new Set(live(view, 'step').map((each) => each.name))
  return names.every((name) => taken.has(name))
}

function isChecked(view: View): boolean {
  const checks = live(view, 'check')
  return checks.length > 0 ? checks.every((each) => each.result) : hasEnded(view)
}

function isDiscussed(view: View): boolean {
  return live(view, 'finding').length > 0 ? allDiscussed(view) : hasEnded(view)
}

function isDocumented(view: View): boolean {
  const ordered = live(view, 'finding').some((each) => each.dispositions?.includes('order'))
  return papers(view, RECORD).length > 0 && (!ordered || papers(view, ORDER).length > 0)
}
