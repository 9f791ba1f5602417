/** What the finding editor says: the next thing missing, phrases, the days of 整改期限. */

import type { Item } from '@contract/records'

import type { Held, Lack, View } from './model'
import { BLANK, lacks, STAGES } from './rules'
import { RECORD } from './rules/view'
import { type FixedPaper, lockedBy } from './visit-views'

export type Part =
  | 'problem'
  | 'place'
  | 'basis'
  | 'cause'
  | 'measure'
  | 'dispositions'
  | 'rectify_by'
  | 'evidence'

export const PARTS: readonly Part[] = [
  'problem',
  'place',
  'basis',
  'cause',
  'measure',
  'dispositions',
  'rectify_by',
  'evidence',
]

/** Where the one button leads, and its words: 「去写整改措施建议」. */
export interface NextStep {
  readonly part: Part
  readonly words: string
}

const NAMES: Readonly<Record<Part, string>> = {
  problem: '存在的问题',
  place: '部位',
  basis: '判定依据',
  cause: '产生原因',
  measure: '整改措施建议',
  dispositions: '怎么处理',
  rectify_by: '整改期限',
  evidence: '改正前后的照片',
}
const MS_PER_DAY = 86_400_000
const PERIODS = [
  ['当场', 0],
  ['3 天', 3],
  ['10 天', 10],
  ['30 天', 30],
] as const

/** The stage table decides what a finding lacks; null when it is complete. */
export function nextStep(view: View, finding: string): NextStep | null {
  const lack = lacks(STAGES, 'end', view).find(
    (each) => each.record === finding && each.go.startsWith('finding:'),
  )
  const part = lack && partOf(lack)
  return lack && part ? { part, words: `${lack.verb}${NAMES[part]}` } : null
}

function partOf(lack: Lack): Part | undefined {
  const part = lack.go.split(':')[1] ?? ''
  return part in NAMES ? (part as Part) : undefined
}

/**
 * Whether a part can still be written. An order bears the whole finding; the record locks it too, but
 * photos, and what the order cannot do without and nobody has written yet, may be added.
 */
export function mayWrite(view: View, finding: string, part: Part): boolean {
  const papers = lockedBy(view, finding)
  if (papers.length === 0) return true
  if (papers.some(({ kind }) => kind !== RECORD)) return false
  return part === 'evidence' || wantedByOrder(view, finding).has(part)
}

function wantedByOrder(view: View, finding: string): ReadonlySet<Part | undefined> {
  const missing = lacks(STAGES, 'order', view).filter(({ level }) => level === 'law')
  return new Set(missing.filter(({ record }) => record === finding).map(partOf))
}

/** Which paper locks it, and what to do for the words to become free again. */
export function lockWords({ serial, issued }: FixedPaper, title: string): string {
  const way = issued ? '要改先作废重开。' : '要改先到文书上改内容，再重新定稿、签名。'
  return `已写进 ${serial} ${title}，不能改。${way}`
}

/** 「原因不能照抄问题」 (S4-11); empty where it does not. */
export function causeFault({ cause = '', problem = '' }: Held<'finding'>): string {
  const copied = cause.trim() !== '' && cause.trim() === problem.trim()
  return copied ? '原因不能照抄问题，写写为什么会这样。' : blankFault(cause)
}

/** A blank of a standard phrase is no word yet; empty where none is left. */
export function blankFault(text = ''): string {
  return text.includes(BLANK) ? `有空没填，把“${BLANK}”改成实际情况。` : ''
}

/** 常用语 of the item for a field. */
export function phrasesOf(item: Item | undefined, part: Part): readonly string[] {
  if (part === 'problem') return item?.problems ?? []
  if (part === 'cause') return item?.causes ?? []
  return part === 'measure' ? (item?.measures ?? []) : []
}

/** 整改期限 begins today at the earliest (S0-5a); empty where the day may stand. */
export function dueFault(day: string | null | undefined, today: string): string {
  return day && day < today ? '整改期限不能早于今天，请另选一天。' : ''
}

/** The usual periods from a day on (Asia/Shanghai). */
export function quickDays(today: string): readonly { label: string; day: string }[] {
  return PERIODS.map(([label, days]) => ({ label, day: dayAfter(today, days) }))
}

/** The day (`YYYY-MM-DD`) so many days later. */
export function dayAfter(day: string, days = 1): string {
  return new Date(Date.parse(day) + days * MS_PER_DAY).toISOString().slice(0, 10)
}
