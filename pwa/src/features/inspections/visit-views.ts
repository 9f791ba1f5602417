/** What the screens of a visit show, derived from its records. Instants are UTC ms. */

import type { PackValue } from '@contract/records'

import { listVersion } from '@/features/plans/public'

import type { Held, Lack, View } from './model'
import { BLANK, endedAt } from './rules'
import { live, ORDER, partlyItems, trimmed } from './rules/view'

export type CheckState = 'open' | 'conforms' | 'problem' | 'not_applicable'

export interface CheckRow {
  readonly id: string
  /** Place in the list, from 1. */
  readonly number: number
  readonly title: string
  readonly state: CheckState
  readonly conflict: boolean
}

export interface FindingRow {
  readonly id: string
  readonly number: number
  readonly title: string
  /** How many of the three elements still lack. */
  readonly lacking: number
  readonly handling: string
  readonly conflict: boolean
  readonly photo: string | null
}

/** A coach line: the words before the object, the object in bold, the verb that leads there. */
export interface CoachLine {
  readonly id: string
  readonly lead: string
  readonly object: string
  readonly verb: string
}

export const HANDLING: Readonly<Record<string, string>> = {
  corrected: '当场改正',
  order: '限期整改',
  measure: '现场措施',
  transfer: '移交支队',
}

const STATES: readonly CheckState[] = ['conforms', 'problem', 'not_applicable']
const OBJECT = /^(.*(?:没写|没选|没定|还没做|还没和企业))(.+)$/
/** What an opinion is given to; the coach's row of the stage table compares the same. */
const READ = ['problem', 'measure'] as const
const CHINA_MS = 8 * 3_600_000

/** 「09:54」 in Asia/Shanghai. */
export function timeWords(instant: number): string {
  return new Date(instant + CHINA_MS).toISOString().slice(11, 16)
}

/** `HH:MM:SS`. */
export function exactTime(instant: number): string {
  return new Date(instant + CHINA_MS).toISOString().slice(11, 19)
}

export function checkRows(view: View): readonly CheckRow[] {
  return live(view, 'check').map((check, at) => ({
    id: check.id,
    number: at + 1,
    title: check.title ?? '',
    state: stateOfCheck(check),
    conflict: (check.conflicts ?? []).length > 0,
  }))
}

export function stateOfCheck({ result }: Held<'check'>): CheckState {
  return STATES.find((state) => state === result) ?? 'open'
}

export function tally(rows: readonly CheckRow[]): Readonly<Record<CheckState, number>> {
  const count = (state: CheckState): number => rows.filter((row) => row.state === state).length
  return {
    open: count('open'),
    conforms: count('conforms'),
    problem: count('problem'),
    not_applicable: count('not_applicable'),
  }
}

/** The first item nobody answered, after `from` and then from the top. */
export function nextOpen(rows: readonly CheckRow[], from = 0): CheckRow | undefined {
  const open = rows.filter((row) => row.state === 'open')
  return open.find((row) => row.number > from) ?? open[0]
}

export function findingRows(view: View): readonly FindingRow[] {
  return live(view, 'finding').map((finding, at) => ({
    id: finding.id,
    number: at + 1,
    title: finding.problem?.trim() || '还没写存在的问题',
    lacking: elementsOf(finding).filter((element) => !element.done).length,
    handling: handlingWords(finding),
    conflict: (finding.conflicts ?? []).length > 0,
    photo: photosOf(view, finding)[0] ?? null,
  }))
}

/** 三要素 (S4-11); a cause that repeats the problem is none, nor a phrase with a blank left open. */
export function elementsOf(finding: Held<'finding'>): readonly {
  readonly field: 'basis' | 'cause' | 'measure'
  readonly title: string
  readonly done: boolean
}[] {
  const cause = finding.cause?.trim() ?? ''
  const copied = cause === (finding.problem?.trim() ?? '')
  const written = (text = ''): boolean => text.trim() !== '' && !text.includes(BLANK)
  return [
    { field: 'basis', title: '判定依据', done: (finding.basis ?? []).length > 0 },
    { field: 'cause', title: '产生原因', done: written(cause) && !copied },
    { field: 'measure', title: '整改措施建议', done: written(finding.measure) },
  ]
}

/** Photos of a finding or item, those it lists and those that name it, discarded ones left out. */
export function photosOf(
  view: View,
  record: Held<'finding'> | Held<'check'>,
): readonly string[] {
  const listed = record.evidence ?? []
  return live(view, 'evidence')
    .filter((each) => each.kind === 'photo')
    .filter((each) => each.of === record.id || listed.includes(each.id))
    .map((each) => each.id)
}

/** 「限期整改 9月28日」; empty where nothing is decided. */
export function handlingWords(finding: Held<'finding'>): string {
  const words = (finding.dispositions ?? []).map((each) => HANDLING[each] ?? each)
  const due = finding.dispositions?.includes('order') ? finding.rectify_by?.due : undefined
  return [...words, ...(due ? [monthDay(due)] : [])].join(' ')
}

/** The last order that was issued with the finding. */
export function orderOf(view: View, finding: string): Held<'document'> | undefined {
  const drafts = live(view, 'draft').filter((draft) => draft.about?.includes(finding))
  return live(view, 'document')
    .filter((paper) => paper.kind === ORDER)
    .findLast((paper) => drafts.some((draft) => draft.id === paper.draft))
}

/** A paper whose words are fixed: it has its number, whether signed and issued yet or not. */
export interface FixedPaper {
  readonly draft: string
  readonly kind: string
  /** 「37号」. */
  readonly serial: string
  readonly issued: boolean
}

/**
 * Papers that bear the finding since their 定稿: what they say of it is not changed under them. 改内容
 * and 作废 give the number up, and with it the finding is free again. So it is where a recheck found it
 * mended in part: the new order needs its own words and day, the papers issued keep their own text.
 */
export function lockedBy(view: View, finding: string): readonly FixedPaper[] {
  const numbers = live(view, 'number')
  const issued = new Set(live(view, 'document').map((paper) => paper.draft))
  const anew = partlyItems(view).some((item) => item.finding === finding)
  return live(view, 'draft')
    .filter(({ id, about }) => about?.includes(finding) && !(anew && issued.has(id)))
    .flatMap(({ id, kind = '' }) => {
      const number = numbers.find((each) => each.draft === id)
      return number || issued.has(id)
        ? [{ draft: id, kind, serial: serialOf(number), issued: issued.has(id) }]
        : []
    })
}

/** The short name of a paper's number: 「37号」. */
export function numberOf(view: View, paper: Held<'document'>): string {
  const taken = live(view, 'number').find((each) => each.id === paper.number)
  return serialOf(taken)
}

function serialOf(number: Held<'number'> | undefined): string {
  return number?.serial === undefined ? '' : `${number.serial}号`
}

/** `id` is the place of the lack in its list: one row of the table may lack for many records. */
export function coachLines(lacks: readonly Lack[]): readonly CoachLine[] {
  return lacks.map(({ says, verb }, at) => {
    const [, lead = says, object = ''] = OBJECT.exec(says) ?? []
    return { id: `${at}`, lead, object, verb }
  })
}

/** Papers are signed after the end of the visit: before it their lines would lead nowhere. */
export function withinReach(missing: readonly Lack[], view: View): readonly Lack[] {
  if (endedAt(view) !== null) return missing
  return missing.filter(({ go }) => !go.startsWith('document:'))
}

/** The answer that stands for a finding: the newest to the words as they are now. */
export function opinionOf(view: View, finding: Held<'finding'>): Held<'exchange'> | undefined {
  return saidOf(view, finding).findLast(({ read }) => {
    return !read || READ.every((field) => trimmed(read[field]) === trimmed(finding[field] ?? ''))
  })
}

/** All that was said of a finding, the newest last. */
export function saidOf(view: View, finding: Held<'finding'>): readonly Held<'exchange'>[] {
  return live(view, 'exchange').filter((each) => each.finding === finding.id)
}

function monthDay(day: string): string {
  const [, month, date] = day.split('-').map(Number)
  return `${month}月${date}日`
}

/** The visit took place although the year's number was used up: it stands, and it is said. */
export function overMarks(view: View): readonly { readonly text: string }[] {
  const marks = live(view, 'mark').filter(({ kind }) => kind === 'over_cap')
  return marks.map(({ text = '' }) => ({ text }))
}

/** 「清单已更新到 …；这次检查仍用 …」 (S3-2.2); empty where both are one version. */
export function listNote(version: string, packs: ReadonlyMap<string, PackValue>): string {
  const newest = listVersion(packs)
  if (version === '' || newest === '' || newest === version) return ''
  return `清单已更新到 ${newest}；这次检查仍用 ${version}。`
}
