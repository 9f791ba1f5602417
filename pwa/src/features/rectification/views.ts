/** What the recheck's screens show, derived from its records. Days are Asia/Shanghai. */

import type { Extension } from '@contract/records'

import { type Held, openItems, orderItems, type View } from '@/features/inspections/public'
import { dutyDay, daysBetween } from '@/ui/date-words'

import type { ItemResult } from './model'

export const ORDER = 'rectification_order'
export const RECHECK_OPINION = 'recheck_opinion'
export const NOT_FIXED_WORDS = '未整改，应移交支队'

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

/** The order to recheck: the one with the nearest open item, else the newest. */
export function orderUnder(view: View): Held<'document'> | undefined {
  const orders = (view.document ?? []).filter((each) => each.kind === ORDER && !each.void)
  const open = openItems(view, view.today ?? '')[0]?.order
  return orders.find(({ id }) => id === open) ?? orders.at(-1)
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

/** Findings whose handling is 责令限期整改, in the order of making. */
export function orderedFindings(view: View): readonly Held<'finding'>[] {
  return [...(view.finding ?? [])]
    .filter((each) => !each.withdrawn && each.dispositions?.includes('order'))
    .sort((one, two) => one.created - two.created || (one.id < two.id ? -1 : 1))
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

/** What the enterprise reported since the order was last rechecked, the newest last. */
export function feedbackOf(view: View, order: string): readonly Held<'feedback'>[] {
  const rechecked = recheckedFor(view, order).at(-1)?.ended ?? 0
  return [...(view.feedback ?? [])]
    .filter((each) => !each.withdrawn && each.order === order && (each.at ?? 0) > rechecked)
    .sort((one, two) => (one.at ?? 0) - (two.at ?? 0))
}

/** 「企业说：已恢复，附照片 2 张」. */
export function feedbackWords({ words = '', photos = [] }: Held<'feedback'>): string {
  const said = words.trim().replace(/。$/, '')
  return photos.length > 0 ? `企业说：${said}，附照片 ${photos.length} 张` : `企业说：${said}`
}

export function resultWords(result: string): string {
  return RESULTS[result as ItemResult] ?? ''
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
