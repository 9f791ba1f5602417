/** What the recheck's screens show, derived from its records. Days are Asia/Shanghai. */

import type { Extension, RecheckedItem } from '@contract/records'

import { dayOf } from '@/features/deadlines/public'
import {
  dayAfter,
  type Held,
  openItems,
  type OrderItem,
  orderItems,
  partlyItems,
  type View,
} from '@/features/inspections/public'
import { daysBetween, dayWords, dutyDay } from '@/ui/date-words'

import type { Answer, Duty, ItemResult } from './model'
import { nextDuties } from './rules'

export const ORDER = 'rectification_order'
export const RECHECK_OPINION = 'recheck_opinion'

export interface OrderFacts {
  readonly number: string
  /** UTC ms. */
  readonly when: number
  readonly addressee: string
}

export interface DemandRow {
  readonly number: number
  readonly finding: string
  readonly problem: string
  readonly due: string
  /** Whole days until the due day, 0 once it has come. */
  readonly early: number
  /** Found mended by an earlier recheck. */
  readonly mended: boolean
}

/** An item to be ordered anew; `due` is the new day, empty while none is set. */
export interface AnewRow {
  readonly finding: string
  readonly problem: string
  /** The first day that may be chosen. */
  readonly earliest: string
  readonly due: string
}

/** The order to recheck: the wanted one, that with the nearest open item, else the newest. */
export function orderUnder(view: View, wanted = ''): Held<'document'> | undefined {
  const orders = (view.document ?? []).filter((each) => each.kind === ORDER && !each.void)
  const open = openItems(view, view.today ?? '')[0]?.order
  return (
    orders.find(({ id }) => id === wanted) ?? orders.find(({ id }) => id === open) ?? orders.at(-1)
  )
}

/**
 * What a new order is about: the items mended in part, each with a day of its own.
 *
 * 「另定期限」 (S0-5b, domain.md 6.3) is read as a day that has not come and is later than the one
 * the old order, extensions counted in, gives: a new order never takes away time already granted.
 * Neither the seeds nor form 5 of 2016 name a longest period, so none is set here.
 */
export function toOrderAnew(view: View): readonly AnewRow[] {
  return partlyItems(view).map(({ finding, problem, due: old }) => {
    const earliest = dayAfter(old > (view.today ?? '') ? old : (view.today ?? old))
    const chosen = view.finding?.find(({ id }) => id === finding)?.rectify_by?.due ?? ''
    return { finding, problem, earliest, due: chosen >= earliest ? chosen : '' }
  })
}

/** Everything an order asked in its own numbers, what was ordered anew since included. */
export function itemsUnder(view: View, order: string): readonly OrderItem[] {
  const alone = (view.document ?? []).filter(({ id }) => id === order)
  return [...orderItems({ ...view, document: alone })].sort((one, two) => one.number - two.number)
}

export function orderFacts(order: Held<'document'> | undefined): OrderFacts {
  const facts = JSON.parse(order?.facts || '{}') as Partial<OrderFacts>
  return { number: facts.number ?? '', when: facts.when ?? 0, addressee: facts.addressee ?? '' }
}

/** Its items in the order's own numbers; extensions count in. */
export function demandsOf(view: View, order: string): readonly DemandRow[] {
  return [...orderItems(view)]
    .filter((each) => each.order === order)
    .sort((one, two) => one.number - two.number)
    .map(({ number, finding, problem, due, result }) => {
      const early = Math.max(0, daysBetween(view.today ?? due, due))
      return { number, finding, problem, due, early, mended: result === 'fixed' }
    })
}

/** What a recheck found, item by item; what it left out waits for its day. */
export function recheckedRows(
  demands: readonly DemandRow[],
  { items = [] }: Held<'recheck'>,
): readonly { readonly finding: string; readonly title: string; readonly note: string }[] {
  return demands.map(({ number, finding, problem, early }) => {
    const said = items.find((each) => each.finding === finding)
    const title = `${number}. ${problem}`
    if (said === undefined) return { finding, title, note: leftOut(early) }
    const runs = said.result === 'not_fixed' && early > 0
    return { finding, title, note: runs ? `${saidWords(said)}。${RUNS_ON}` : saidWords(said) }
  })
}

/**
 * By when what was refused goes to the detachment: 「最迟12月2日（周三）…」; empty where nothing
 * does. The clock is the server's, so a phone without contact only knows that it runs.
 */
export function transferOf(view: View, recheck: Held<'recheck'>, today: string): string {
  const items = itemsUnder(view, recheck.order ?? '')
  const answers = (recheck.items ?? []) as readonly Answer[]
  const duty = nextDuties(items, answers, dayOf(recheck.ended ?? 0)).find(isTransfer)
  if (duty === undefined) return ''
  const clock = view.clock?.find((each) => each.rule === duty.clock && each.trigger === recheck.id)
  const due = clock?.due_strict ? `最迟 ${dutyDay(clock.due_strict, today)}` : '复查结束起算，联网后看最迟哪天'
  return `${due}。移交要在局里另办，这里只记期限`
}

function isTransfer({ act }: Duty): boolean {
  return act === 'transfer'
}

function leftOut(early: number): string {
  return early > 0 ? '这次没查，到期再查' : '这次没查，期限到了'
}

const RUNS_ON = '期限没到，接着整改，到期再查'

/** Findings whose handling is 责令限期整改, in the order of making. */
export function orderedFindings(view: View): readonly Held<'finding'>[] {
  return [...(view.finding ?? [])]
    .filter((each) => !each.withdrawn && each.dispositions?.includes('order'))
    .sort(byMaking)
}

export function byMaking(one: Held<'finding'>, two: Held<'finding'>): number {
  return one.created - two.created || (one.id < two.id ? -1 : 1)
}

export function recheckedFor(view: View, order: string): readonly Held<'recheck'>[] {
  return [...(view.recheck ?? [])]
    .filter((each) => !each.withdrawn && each.order === order)
    .sort((one, two) => (one.ended ?? 0) - (two.ended ?? 0))
}

export function lastRecheck(view: View): Held<'recheck'> | undefined {
  return [...(view.recheck ?? [])]
    .filter((each) => !each.withdrawn)
    .sort((one, two) => (one.ended ?? 0) - (two.ended ?? 0))
    .at(-1)
}

/** Photos of a finding before and since an instant (UTC ms). */
export function photosOf(
  view: View,
  finding: string,
  since: number,
): { readonly before: readonly string[]; readonly now: readonly string[] } {
  const listed = view.finding?.find(({ id }) => id === finding)?.evidence ?? []
  const photos = (view.evidence ?? [])
    .filter((each) => each.kind === 'photo' && !each.withdrawn)
    .filter((each) => each.of === finding || listed.includes(each.id))
  const taken = (recent: boolean): readonly string[] =>
    photos.filter((each) => (each.captured ?? 0) >= since === recent).map(({ id }) => id)
  return { before: taken(false), now: taken(true) }
}

/** 「企业申请延期到10月8日（周四），9月25日（周五）前答复」, for those not answered yet (D11). */
export function extensionLines(view: View, order: string, today: string): readonly string[] {
  const answered = new Set((view.approval ?? []).filter(isAnswer).map((each) => each.of))
  return (view.extension ?? [])
    .filter((each) => !each.withdrawn && each.order === order && !answered.has(each.id))
    .map((each) => `${asked(each, today)}${answerBy(view, each.id, today)}`)
}

/** What the enterprise reported on an order, the newest last. */
export function feedbackOf(view: View, order: string): readonly Held<'feedback'>[] {
  return [...(view.feedback ?? [])]
    .filter((each) => !each.withdrawn && each.order === order)
    .sort((one, two) => (one.at ?? 0) - (two.at ?? 0))
}

/** 「企业还没反馈。」, 「上次复查后，企业没有再反馈。」; empty where something new was reported. */
export function silenceWords(view: View, order: string): string {
  const last = feedbackOf(view, order).at(-1)?.at ?? 0
  if (last === 0) return '企业还没反馈。'
  const rechecked = recheckedFor(view, order).at(-1)?.ended ?? 0
  return last > rechecked ? '' : '上次复查后，企业没有再反馈。'
}

/** 「11月29日复查：改了一部分 · 信号没恢复」, of every recheck of a finding, the first first. */
export function earlierResults(view: View, finding: string): readonly string[] {
  return [...(view.recheck ?? [])]
    .filter((each) => !each.withdrawn)
    .sort((one, two) => (one.ended ?? 0) - (two.ended ?? 0))
    .flatMap(({ ended = 0, items = [] }) =>
      items
        .filter((item) => item.finding === finding)
        .map((item) => `${dayWords(dayOf(ended), view.today ?? '')}复查：${saidWords(item)}`),
    )
}

/** 「改了一部分 · 信号没恢复」. */
export function saidWords({ result, words }: Pick<RecheckedItem, 'result' | 'words'>): string {
  return [RESULTS[result as ItemResult], words].filter(Boolean).join(' · ')
}

/** 「企业说：已恢复，附照片 2 张」. */
export function feedbackWords({ words = '', photos = [] }: Held<'feedback'>): string {
  const said = words.trim().replace(/。$/, '')
  return photos.length > 0 ? `企业说：${said}，附照片 ${photos.length} 张` : `企业说：${said}`
}

const RESULTS: Readonly<Record<ItemResult, string>> = {
  fixed: '改好了',
  partly: '改了一部分',
  not_fixed: '没改好',
}

function isAnswer({ act }: Held<'approval'>): boolean {
  return act === 'extend'
}

function asked({ until = '' }: Extension, today: string): string {
  return until === '' ? '企业申请延期' : `企业申请延期到${dutyDay(until, today)}`
}

function answerBy(view: View, extension: string, today: string): string {
  const clock = view.clock?.find((each) => each.trigger === extension && each.state === 'running')
  return clock?.due_rolled ? `，${dutyDay(clock.due_rolled, today)}前答复` : ''
}
