/**
 * 两份待选: what two people wrote apart, who, when, on which phone, and what each would change in law.
 * Instants are UTC ms.
 */

import type { Records, RectifyBy } from '@contract/records'

import { dayOf } from '@/features/deadlines/public'
import type { Entity, FieldState, Store } from '@/store/types'
import type { Version } from '@/ui/CompareCards.vue'
import { dayWords, dutyDay, nearWord } from '@/ui/date-words'

import type { Held, View } from './model'
import { orderItems } from './rules'
import { live } from './rules/view'
import { numberOf, orderOf, timeWords } from './visit-views'
import { type Disputed, disputesIn, unitOf, viewOf } from './views'

export interface DisputedVersion extends Version {
  readonly value: unknown
  readonly own: boolean
  /** Words of the button: 「用你写的」. */
  readonly use: string
}

export interface Dispute {
  /** 「问题 2 · 处理和整改期限」. */
  readonly title: string
  readonly about: string
  readonly conflict: boolean
  readonly versions: readonly DisputedVersion[]
  /** A paper that already carries one of the versions. */
  readonly paper: { readonly bold: string; readonly rest: string } | null
  /** Only texts and days can be written anew. */
  readonly merges: 'text' | 'day' | null
  /** Of the other officer; empty where the register has none. */
  readonly phone: string
  /** Who chose, when, and what; told where the choice was made elsewhere. */
  readonly settled: string
  readonly position: { readonly at: number; readonly of: number }
}

const FIELDS: Readonly<Record<string, string>> = {
  'finding.problem': '存在的问题',
  'finding.place': '部位',
  'finding.cause': '产生原因',
  'finding.cause_kind': '原因类别',
  'finding.measure': '整改措施建议',
  'finding.grade': '隐患等级',
  'finding.check': '检查项',
  'finding.rectify_by': '处理和整改期限',
  'finding.leniency': '从轻从宽',
  'check.result': '检查结果',
  'check.reason': '不涉及的原因',
  'check.note': '备注',
  'inspection.situation': '检查情况',
  'inspection.premises': '检查场所',
  'inspection.unit': '被检查单位',
  'inspection.reason': '检查原因',
  'inspection.planned_for': '检查日期',
  'exchange.words': '对方怎么说',
  'draft.content': '文书内容',
}
const VALUES: Readonly<Record<string, string>> = {
  conforms: '符合',
  problem: '有问题',
  not_applicable: '不涉及',
  ordinary: '一般事故隐患',
  major: '重大事故隐患',
}
const ON_PAPER = ['problem', 'cause', 'measure', 'situation', 'premises', 'unit']

/** The record as `field.conflict` names it: `<dossier>~<entity>~<record>~<field>`. */
export function disputedFrom(id: string): Disputed | null {
  const [dossier = '', entity = '', record = '', field = ''] = id.split('~')
  return field === '' ? null : { dossier, entity: entity as Entity, record, field }
}

export function addressOf({ dossier, entity, record, field }: Disputed): string {
  return [dossier, entity, record, field].join('~')
}

export function disputeOf(store: Store, at: Disputed, now: number): Dispute | null {
  const shown = store.record(at.dossier, at.entity, at.record)
  const state = shown?.fields[at.field]
  if (!shown || !state) return null
  const view = viewOf(store, at.dossier, now)
  const authors = authorsOf(store)
  const versions = state.heads.map((head) => versionOf(store, at, head, authors, dayOf(now)))
  const other = versions.find((version) => !version.own)
  const all = disputesIn(store, at.dossier)
  const place = all.findIndex((each) => addressOf(each) === addressOf(at))
  return {
    title: titleOf(view, at),
    about: [aboutOf(view, at), unitOf(view)].filter(Boolean).join(' · '),
    conflict: state.conflict,
    versions,
    paper: paperOf(view, at, dayOf(now)),
    merges: mergeable(state),
    phone: other ? (authors.get(deviceOf(other.id))?.phone ?? '') : '',
    settled: settledWords(store, at, state, authors, dayOf(now)),
    position: { at: place + 1, of: all.length },
  }
}

/** The words of a value, as an officer would say it. */
export function valueWords(field: string, value: unknown, today: string): string {
  if (value === null || value === undefined || value === '') return '（空）'
  if (field === 'rectify_by') return `限期整改，${dutyDay((value as RectifyBy).due, today)}前改完`
  if (typeof value === 'string') return VALUES[value] ?? value
  if (typeof value === 'object') {
    return Object.values(value).filter((each) => typeof each === 'string' && each).join('，')
  }
  return String(value)
}

interface Author {
  readonly name: string
  readonly phone: string
}

/** Whose phone a device is; one enrolled since the register last came has no name yet. */
function authorsOf(store: Store): ReadonlyMap<string, Author> {
  const officers = [...store.register('officers', 'officer').rows.values()]
  const found = officers.flatMap(({ name, phone = '', devices = [] }) =>
    devices.map((device) => [device, { name, phone }] as const),
  )
  return new Map(found)
}

function versionOf(
  store: Store,
  { entity, field }: Disputed,
  head: FieldState['heads'][number],
  authors: ReadonlyMap<string, Author>,
  today: string,
): DisputedVersion {
  const other = authors.get(deviceOf(head.id))?.name ?? ''
  const name = head.own ? (store.person()?.name ?? '') : other
  const who = head.own ? '你' : name || '同事的手机'
  const when = momentWords(Number(head.time.slice(0, 13)), today)
  const origin = head.own ? [name, when, '本机'] : [when, name ? '对方手机' : '']
  const effect = effectOf(entity, field, head.value, today)
  return {
    id: head.id,
    title: `${who}写的`,
    use: `用${who}写的`,
    origin: origin.filter(Boolean).join(' · '),
    text: valueWords(field, head.value, today),
    value: head.value,
    own: head.own,
    ...(effect && { effect }),
  }
}

/** 「努尔兰·哈森 12:03 已选用 9月21日。」; empty while there are two. */
function settledWords(
  store: Store,
  { field }: Disputed,
  { conflict, heads }: FieldState,
  authors: ReadonlyMap<string, Author>,
  today: string,
): string {
  const head = heads.at(-1)
  if (conflict || head === undefined) return ''
  const name = head.own ? store.person()?.name : authors.get(deviceOf(head.id))?.name
  const due = field === 'rectify_by' && head.value ? (head.value as unknown as RectifyBy).due : null
  const words = due ? dayWords(due, today) : `“${valueWords(field, head.value, today)}”`
  return `${name || '同事'} ${timeWords(Number(head.time.slice(0, 13)))} 已选用 ${words}。`
}

function effectOf(entity: Entity, field: string, value: unknown, today: string): string {
  if (field === 'rectify_by' && value) {
    return `复查任务定在 ${dutyDay(dayAfter((value as RectifyBy).due), today)}`
  }
  if (entity === 'check' && field === 'result') {
    return value === 'problem' ? '要记成问题，写明怎么处理' : '不记成问题'
  }
  if (field === 'grade') return value === 'major' ? '按重大事故隐患处理' : '按一般事故隐患处理'
  return ON_PAPER.includes(field) ? '写进文书的就是这一份' : ''
}

function titleOf(view: View, { entity, record, field }: Disputed): string {
  const label = FIELDS[`${entity}.${field}`] ?? '内容'
  if (entity === 'finding') return `问题 ${numberIn(live(view, 'finding'), record)} · ${label}`
  if (entity === 'check') return `检查表第 ${numberIn(live(view, 'check'), record)} 项 · ${label}`
  return label
}

function aboutOf(view: View, { entity, record, field }: Disputed): string {
  if (entity === 'finding' && field !== 'problem') {
    return live(view, 'finding').find((each) => each.id === record)?.problem ?? ''
  }
  if (entity === 'check') return live(view, 'check').find((each) => each.id === record)?.title ?? ''
  return ''
}

function numberIn(records: readonly Held[], id: string): number {
  return records.findIndex((each) => each.id === id) + 1
}

function paperOf(view: View, { entity, record }: Disputed, today: string): Dispute['paper'] {
  const paper = entity === 'finding' ? orderOf(view, record) : undefined
  if (paper === undefined) return null
  const number = numberOf(view, paper)
  const due = orderItems(view).find((item) => item.finding === record)?.due
  const by = due ? `按 ${dayWords(due, today)} ` : ''
  const kind = due ? '指令书' : '文书'
  return { bold: `${kind} ${number} 已${by}签发。`, rest: `改选另一份，要作废 ${number} 重开。` }
}

/** A text is merged as a text, a day as a day; a choice among answers has nothing to merge. */
function mergeable({ heads }: FieldState): Dispute['merges'] {
  const values = heads.map(({ value }) => value).filter((value) => value !== null)
  if (values.some((value) => isRectifyBy(value))) return 'day'
  const texts = values.every((value) => typeof value === 'string' && !(value in VALUES))
  return texts ? 'text' : null
}

function isRectifyBy(value: unknown): value is NonNullable<Records['finding']['rectify_by']> {
  return typeof value === 'object' && value !== null && 'due' in value
}

function deviceOf(changeset: string): string {
  return changeset.split('.')[0] ?? ''
}

function momentWords(instant: number, today: string): string {
  const day = dayOf(instant)
  return `${nearWord(day, today) ?? dayWords(day, today)} ${timeWords(instant)}`
}

function dayAfter(day: string): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return new Date(Date.UTC(year, month - 1, date + 1)).toISOString().slice(0, 10)
}
