/** 经过: the facts of a dossier by the time they happened, each with the record that holds it. */

import { dayOf } from '@/features/deadlines/public'
import { paperTitle } from '@/features/documents/public'
import { libraryOf, wordsOf } from '@/features/law/public'
import type { Entity, Store } from '@/store/types'
import { dayWords } from '@/ui/date-words'

import { noScanReasons } from './arrive-views'
import { answeredWords, GAP_REASONS, SERVICE_WAYS, STEP_TITLES } from './desk-words'
import type { Held, View } from './model'
import { live } from './rules/view'
import { findingRows, numberOf, timeWords } from './visit-views'
import { viewOf } from './views'

export type Kind =
  | 'scan'
  | 'step'
  | 'recording'
  | 'gap'
  | 'mark'
  | 'finding'
  | 'exchange'
  | 'issue'
  | 'void'
  | 'service'
  | 'print'
  | 'recheck'
  | 'office'
  | 'request'
  | 'end'

export interface Fact {
  /** `<entity>/<record>`, with a suffix where one record holds two facts. */
  readonly id: string
  readonly entity: Entity
  readonly record: string
  readonly kind: Kind
  /** UTC ms. */
  readonly at: number
  /** `HH:MM`, after the day where it is another than that of the fact before. */
  readonly time: string
  readonly title: string
  readonly note: string
  readonly conflict: boolean
}

const DECIMETRES = 10

/** What every fact is told with. */
interface Telling {
  readonly store: Store
  readonly view: View
}

interface Told extends Pick<Fact, 'kind' | 'title'> {
  readonly at: number | undefined
  readonly note?: string
}

/** Facts in their real order; a fact without a time stands where its record was made. */
export function factsOf(store: Store, dossier: string, now: number): readonly Fact[] {
  const telling = { store, view: viewOf(store, dossier, now) }
  const facts = TELLERS.flatMap((teller) => teller(telling))
    .sort((one, two) => one.at - two.at || (one.id < two.id ? -1 : Number(one.id > two.id)))
  return facts.map((fact, index) => ({ ...fact, time: timeOf(fact.at, facts[index - 1], now) }))
}

const TELLERS: readonly ((telling: Telling) => readonly Fact[])[] = [
  (t) => told(t, 'arrival', arrival),
  (t) => told(t, 'step', step),
  (t) => told(t, 'custody', custody),
  (t) => told(t, 'finding', finding),
  (t) => told(t, 'exchange', exchange),
  (t) => told(t, 'document', issued),
  (t) => voided(t),
  (t) => told(t, 'service', service),
  (t) => told(t, 'print', print),
  (t) => told(t, 'recheck', recheck),
  (t) => told(t, 'feedback', feedback),
  (t) => told(t, 'extension', extension),
  (t) => told(t, 'approval', approval),
  (t) => told(t, 'inspection', ended),
]

function told<E extends Entity>(
  telling: Telling,
  entity: E,
  tell: (telling: Telling, record: Held<E>) => Told | null,
): readonly Fact[] {
  const records = entity === 'document' ? all(telling.view, entity) : live(telling.view, entity)
  return records.flatMap((record) => {
    const said = tell(telling, record)
    return said === null ? [] : [factOf(entity, record, said)]
  })
}

/** Void papers were issued all the same. */
function all<E extends Entity>(view: View, entity: E): readonly Held<E>[] {
  return (view[entity] ?? []) as unknown as readonly Held<E>[]
}

function factOf(entity: Entity, record: Held, { at, note = '', ...said }: Told): Fact {
  const id = `${entity}/${record.id}`
  const conflict = (record.conflicts ?? []).length > 0
  const when = at || record.created
  return { ...said, id, entity, record: record.id, at: when, time: '', note, conflict }
}

/** Why nothing was scanned is kept as a code of the pack. */
function arrival({ store }: Telling, { officer, scan, reason, place, at }: Held<'arrival'>): Told {
  const good = scan?.verdict === 'good'
  const where = place?.accuracy === undefined ? '' : `定位 ±${Math.round(place.accuracy / DECIMETRES)} m`
  const reasons = noScanReasons(store.register('packs', 'pack').rows)
  const why = reasons.find(({ value }) => value === reason)?.label ?? reason
  const unscanned = reason && `没扫码：${why}`
  const title = scan ? `扫码入企${good ? '，企业码为真' : ''}` : '到场'
  return { kind: 'scan', at, title, note: joined(nameOf(store, officer), where, unscanned) }
}

/** That the recording began is told by its custody. */
function step({ store }: Telling, each: Held<'step'>): Told | null {
  if (each.name === 'recording_started') return null
  const names = (each.officers ?? []).map((id) => nameOf(store, id)).join('、')
  const { name = '', at, certificates = [], reception, words } = each
  const numbers = certificates.length > 0 ? `证号 ${certificates.join('、')}` : ''
  const said = name === 'law_lesson' ? clauseWords(store, words) : words
  const note = joined(names, numbers, reception?.name, reception?.post, said)
  return { kind: 'step', at, title: STEP_TITLES[name] ?? name, note }
}

/** What was told is kept as citations, each of its version. */
function clauseWords(store: Store, citations = ''): string {
  const { laws } = libraryOf(store.register('packs', 'pack').rows, new Map())
  const clauses = citations.split(' ').filter(Boolean)
  return clauses.map((each) => wordsOf(laws, each)).join('、')
}

function custody({ store }: Telling, each: Held<'custody'>): Told | null {
  const { act, at, until, reason = '', words } = each
  if (act === 'recording_started') return { kind: 'recording', at, title: '开始录音' }
  if (act === 'mark') return { kind: 'mark', at, title: '标记', note: words ?? '' }
  if (act === 'discarded') return { kind: 'void', at, title: '作废证据', note: joined(reason, words) }
  if (act !== 'gap') return null
  const seconds = Math.round(((until ?? 0) - (at ?? 0)) / 1000)
  const title = until ? `录音中断 ${lasting(seconds)}` : '录音中断'
  const who = ownerOf(store, each.device)
  return { kind: 'gap', at, title, note: joined(words || (GAP_REASONS[reason] ?? reason), who) }
}

function finding({ store, view }: Telling, { id, created, device }: Held<'finding'>): Told {
  const row = findingRows(view).find((each) => each.id === id)
  const note = joined(ownerOf(store, device), row?.handling)
  return { kind: 'finding', at: created, title: `问题 ${row?.number} ${row?.title}`, note }
}

function exchange({ view }: Telling, each: Held<'exchange'>): Told {
  const number = findingRows(view).find((row) => row.id === each.finding)?.number
  const opinion = each.agreed ? '企业认可' : joined('企业有异议', each.words)
  const people = (each.participants ?? []).map(({ name }) => name).join('、')
  const title = number ? `交换意见：问题 ${number}` : '交换意见'
  return { kind: 'exchange', at: each.at, title, note: joined(opinion, people && `${people}在场`) }
}

function issued(telling: Telling, paper: Held<'document'>): Told {
  return { kind: 'issue', at: paper.issued, title: `签发 ${paperWords(telling, paper)}` }
}

function voided(telling: Telling): readonly Fact[] {
  return all(telling.view, 'document').flatMap((paper) => {
    if (!paper.void || paper.withdrawn) return []
    const title = `作废 ${paperWords(telling, paper)}`
    const fact = factOf('document', paper, { kind: 'void', at: paper.void.at, title })
    return [{ ...fact, id: `${fact.id}/void`, note: paper.void.reason }]
  })
}

function service(telling: Telling, each: Held<'service'>): Told {
  const title = `${SERVICE_WAYS[each.way ?? ''] ?? '送达'} ${paperNamed(telling, each.document)}`
  return { kind: 'service', at: each.at, title, note: joined(each.recipient, each.words) }
}

function print(telling: Telling, { document, copies, outcome, at }: Held<'print'>): Told | null {
  if (outcome !== 'printed') return null
  return { kind: 'print', at, title: `打印 ${copies ?? 1} 份 ${paperNamed(telling, document)}` }
}

function recheck({ store }: Telling, each: Held<'recheck'>): Told {
  const items = each.items ?? []
  const fixed = items.filter(({ result }) => result === 'fixed').length
  const names = (each.officers ?? []).map((id) => nameOf(store, id)).join('、')
  const note = joined(names, items.length > 0 && `${items.length} 项里改好 ${fixed} 项`)
  return { kind: 'recheck', at: each.ended ?? each.started, title: '复查', note }
}

function feedback({ view }: Telling, each: Held<'feedback'>): Told {
  const number = findingRows(view).find((row) => row.id === each.finding)?.number
  const photos = (each.photos ?? []).length
  const title = joinedBy('：', '企业反馈整改', number !== undefined && `问题 ${number}`)
  const note = joined(each.words, photos > 0 && `照片 ${photos} 张`, each.recheck && '申请提前复查')
  return { kind: 'request', at: each.at, title, note: joined(note, each.by?.name) }
}

function extension({ view }: Telling, each: Held<'extension'>): Told {
  const until = each.until ? dayWords(each.until, view.today ?? '') : ''
  const title = joinedBy('到 ', '企业申请延期', until)
  return { kind: 'request', at: each.created, title, note: joined(each.reason, each.by?.name) }
}

/** Who approved for a leader acted in that leader's name, and both stand in the record. */
function approval({ store }: Telling, { act = '', answer, by, words, at }: Held<'approval'>): Told {
  const title = answeredWords(act, answer === 'yes')
  const giver = nameOf(store, by?.delegated_by)
  return { kind: 'office', at, title, note: joined(by?.name, giver && `受${giver}委托`, words) }
}

function ended(_: Telling, { ended: at }: Held<'inspection'>): Told | null {
  return at ? { kind: 'end', at, title: '检查结束' } : null
}

function paperNamed(telling: Telling, id = ''): string {
  const paper = all(telling.view, 'document').find((each) => each.id === id)
  return paper ? paperWords(telling, paper) : ''
}

function paperWords({ store, view }: Telling, paper: Held<'document'>): string {
  const title = paperTitle(store.register('packs', 'pack').rows, paper.kind ?? '')
  return joinedBy(' ', title, numberOf(view, paper))
}

/** Whose phone it is. */
function ownerOf(store: Store, device: string): string {
  const officers = [...store.register('officers', 'officer').rows.values()]
  return officers.find(({ devices }) => devices?.includes(device))?.name ?? ''
}

function nameOf(store: Store, officer: string | undefined): string {
  return store.register('officers', 'officer').rows.get(officer ?? '')?.name ?? ''
}

function lasting(seconds: number): string {
  return seconds < 60 ? `${seconds} 秒` : `${Math.floor(seconds / 60)} 分 ${seconds % 60} 秒`
}

function timeOf(at: number, before: { readonly at: number } | undefined, now: number): string {
  const sameDay = before !== undefined && dayOf(before.at) === dayOf(at)
  const day = before === undefined || sameDay ? '' : dayWords(dayOf(at), dayOf(now))
  return joinedBy(' ', day, timeWords(at))
}

function joined(...parts: readonly (string | false | undefined)[]): string {
  return joinedBy(' · ', ...parts)
}

function joinedBy(between: string, ...parts: readonly (string | false | undefined)[]): string {
  return parts.filter(Boolean).join(between)
}
