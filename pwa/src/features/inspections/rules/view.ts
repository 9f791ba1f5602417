/** Reading a view: which records count, what stands in them, what follows from several together. */

import type { Reception, Records } from '@contract/records'

import { dayOf } from '@/features/deadlines/public'

import type { Held, OrderItem, View } from '../model'

export const ORDER = 'rectification_order'
export const RECORD = 'site_inspection_record'

const BLANK_ENDS = /^[ \t\r\n\u3000\u00a0]+|[ \t\r\n\u3000\u00a0]+$/g

/** The order of making, the same on every phone. */
export function byMaking(one: Held, two: Held): number {
  return one.created - two.created || (one.id < two.id ? -1 : Number(one.id > two.id))
}

/** Orders by a number, then by making. */
export function by<T extends Held>(at: (record: T) => number): (one: T, two: T) => number {
  return (one, two) => at(one) - at(two) || byMaking(one, two)
}

/** Records that count, in the order of the list or of making: neither withdrawn nor void. */
export function live<E extends keyof Records>(view: View, entity: E): readonly Held<E>[] {
  const held = (view[entity] ?? []) as readonly Held<E>[]
  const ends = correctedEnds(view)
  return held
    .filter((each) => !each.withdrawn && !('void' in each && each.void))
    .map((each) => {
      const end = ends.get(each.id)
      return end !== undefined && 'ended' in each && each.ended ? { ...each, ended: end } : each
    })
    .sort(by((each) => (entity === 'check' ? ((each as Held<'check'>).order ?? 0) : 0)))
}

/** By record: the end its last 补充说明 gives it. */
function correctedEnds(view: View): ReadonlyMap<string, number> {
  const ends = new Map<string, number>()
  for (const each of [...(view.addendum ?? [])].sort(byMaking)) {
    const ended = each.corrects?.ended
    if (!each.withdrawn && ended !== undefined) ends.set(each.of ?? '', ended)
  }
  return ends
}

/** What stands at a dotted path; lists on the way are walked through. */
export function values(record: object, path: string): readonly unknown[] {
  let found: readonly unknown[] = [record]
  for (const name of path.split('.')) found = found.flatMap((each) => member(each, name))
  return found
}

function member(value: unknown, name: string): readonly unknown[] {
  if (typeof value !== 'object' || value === null) return []
  const found = (value as Readonly<Record<string, unknown>>)[name] ?? []
  return Array.isArray(found) ? found : [found]
}

/** Something stands there, and no part of it is blank. */
export function filled(record: object, path: string): boolean {
  const found = values(record, path)
  return found.length > 0 && !found.some((value) => trimmed(value) === '')
}

/** A text without blanks at its ends, the ideographic one included. */
export function trimmed(value: unknown): unknown {
  return typeof value === 'string' ? value.replace(BLANK_ENDS, '') : value
}

/** Who received the officers: of several steps the last, which puts the others right. */
export function receivedBy(view: View): Reception | null {
  return live(view, 'step').findLast((step) => step.reception?.name)?.reception ?? null
}

/** Signatures under the draft's newest content: changed words must be signed anew. */
export function standingSignatures(view: View, draft: string): readonly Held<'signature'>[] {
  const given = live(view, 'signature').filter((each) => each.draft === draft)
  const newest = [...given].sort(by((each) => each.at ?? 0)).at(-1)
  return given.filter((each) => each.content_sha256 === newest?.content_sha256)
}

/** By hand, or by a refusal with a witness or the paper left and filmed (安全生产法 68). */
export function signedBy(signature: Held<'signature'>): 'ink' | 'refusal' | '' {
  if (filled(signature, 'strokes') || filled(signature, 'wet_ink')) return 'ink'
  const seen = ['refusal.witness_name', 'refusal.left_evidence']
  const witnessed = seen.some((path) => filled(signature, path))
  return filled(signature, 'refusal.reason') && witnessed ? 'refusal' : ''
}

/** How many signatures a draft still wants: so many officers, and the unit's or its refusal. */
export function signaturesMissing(
  view: View,
  draft: string,
  officers: number,
  certified: boolean,
): number {
  const given = standingSignatures(view, draft).filter(signedBy)
  const signers = new Set(given.filter((each) => each.role === 'officer').map((e) => e.officer))
  const counted = [...signers].filter(
    (each) => !certified || (view.certified ?? []).includes(each ?? ''),
  )
  const party = given.some((each) => each.role === 'party')
  return Math.max(officers - counted.length, 0) + (party ? 0 : 1)
}

/** The last capture of each custody run that no `run_closed` follows (architecture.md 6). */
export function openRuns(view: View): readonly Held<'custody'>[] {
  const last = new Map<string, Held<'custody'>>()
  const ends = ['captured', 'recording_started', 'run_closed']
  for (const act of [...live(view, 'custody')].sort((one, two) => (one.n ?? 0) - (two.n ?? 0)))
    if (ends.includes(act.act ?? '')) last.set(act.id.split('.').slice(0, -2).join('.'), act)
  return [...last.values()].filter((act) => act.act !== 'run_closed')
}

interface IssuedProblem {
  readonly number: number
  readonly text: string
  readonly due: string
}

/** Items of the orders that stand; of a finding ordered anew only the newest. */
export function orderItems(view: View): readonly OrderItem[] {
  const items = new Map<string, OrderItem>()
  const orders = live(view, 'document').filter((each) => each.kind === ORDER)
  for (const order of [...orders].sort(by((each) => each.issued ?? 0)))
    for (const item of itemsOf(view, order))
      items.set(item.finding ? `/${item.finding}` : `${order.id}/${item.number}`, item)
  return [...items.values()].sort(byDue)
}

/** Items found mended in part: to be ordered anew with a new day (domain.md 6.3). */
export function partlyItems(view: View): readonly OrderItem[] {
  return orderItems(view).filter((item) => item.result === 'partly')
}

function byDue(one: OrderItem, two: OrderItem): number {
  if (one.due !== two.due) return one.due < two.due ? -1 : 1
  if (one.order !== two.order) return one.order < two.order ? -1 : 1
  return one.number - two.number
}

function itemsOf(view: View, order: Held<'document'>): readonly OrderItem[] {
  const about = view.draft?.find((each) => each.id === order.draft)?.about ?? []
  const facts = JSON.parse(order.facts || '{}') as { problems?: readonly IssuedProblem[] }
  return (facts.problems ?? []).map((problem, i) => {
    const finding = about[i] ?? ''
    const due = extended(view, order.id, finding) || problem.due
    return {
      order: order.id,
      number: problem.number,
      finding,
      problem: problem.text,
      due,
      result: lastResult(view, order.id, finding, due),
    }
  })
}

/** The day the last granted 整改延期 gives a finding of an order; empty without one. */
function extended(view: View, order: string, finding: string): string {
  const yes = live(view, 'approval').filter((each) => isYes(each, 'extend'))
  const granted = new Map(yes.map((each) => [each.of ?? '', each.until]))
  const days = live(view, 'extension')
    .filter((each) => granted.has(each.id) && each.order === order)
    .filter((each) => each.findings?.includes(finding))
    .map((each) => granted.get(each.id) || (each.until ?? ''))
  return days.at(-1) ?? ''
}

/** Orders whose recheck the unit asked for since they were last rechecked (D10). */
export function requested(view: View): readonly string[] {
  const last = (order: string): number =>
    Math.max(0, ...live(view, 'recheck').map((e) => (e.order === order ? (e.ended ?? 0) : 0)))
  const asked = live(view, 'feedback').filter((each) => each.recheck)
  const orders = asked.filter((each) => (each.at ?? 0) > last(each.order ?? ''))
  return [...new Set(orders.map((each) => each.order ?? ''))]
}

/** Whether an approval says yes to the act. */
export function isYes(approval: Held<'approval'>, act: string): boolean {
  return approval.act === act && approval.answer === 'yes'
}

/** 没改好 before the last day decides nothing: the unit has its time to the end (S0-5b). */
function lastResult(view: View, order: string, finding: string, due: string): string {
  if (finding === '') return ''
  const last = live(view, 'recheck')
    .filter((each) => each.order === order)
    .filter((each) => each.items?.some((item) => item.finding === finding))
    .sort(by((each) => each.ended ?? 0))
    .at(-1)
  const result = last?.items?.findLast((item) => item.finding === finding)?.result ?? ''
  return last && result === 'not_fixed' && recheckDay(view, last) < due ? '' : result
}

/** The day (Asia/Shanghai) a recheck is judged by: that of its end, today while it has none. */
export function recheckDay(view: View, recheck: Held<'recheck'>): string {
  return recheck.ended ? dayOf(recheck.ended) : (view.today ?? '')
}
