/** What a feature tells documents of a kind of paper it knows the facts of. */

import type { PackValue } from '@contract/records'
import type { RouteLocationRaw } from 'vue-router'

import { dayOf } from '@/features/deadlines/public'
import { MAX_BODY_BYTES } from '@/store/limits'
import type { Store } from '@/store/types'

import type { Content } from './model'
import { blanks, contentText, type Field, longestField } from './rules'

/** What a paper still wants and where that is written; `conflict`: two versions stand in it. */
export interface Lacking {
  readonly says: string
  readonly verb: string
  readonly to: RouteLocationRaw
  readonly conflict: boolean
}

/** `about`: the records the paper speaks of; for an order its findings in the order's own order. */
export interface DraftContent {
  readonly content: Content
  readonly about: readonly string[]
  /** Where a field of the paper is written, by its dotted path (`Field` of the rules). */
  written(path: string): RouteLocationRaw
}

/** `now` is UTC ms. */
export interface PaperBuilder {
  readonly title: string
  /** Who signs for the unit, as the form names it: 「被检查单位负责人」. */
  readonly party: string
  /** Whether the dossier calls for such a paper. */
  wanted(dossier: string, store: Store, now: number): boolean
  /** Whether it calls for another one although one is issued; absent: never. */
  more?(dossier: string, store: Store, now: number): boolean
  /** The content as the dossier stands, or what the law still wants of it. */
  content(dossier: string, store: Store, now: number): DraftContent | readonly Lacking[]
  /** What the law wants of a fixed draft before it is issued. */
  issuable(dossier: string, store: Store, draft: string, now: number): readonly Lacking[]
}

/** By kind, in the order a visit needs them. */
export type PaperTable = Readonly<Record<string, PaperBuilder>>

/** Room for the hands under a paper and what else its record says: five names drawn at length. */
const HANDS_BYTES = 65_536

type Packs = ReadonlyMap<string, PackValue>

interface KindRow {
  readonly id: string
  readonly title: string
  readonly copies: number
}

/** A text of the jurisdiction's pack; empty before the register is on this phone. */
export function settingOf(packs: Packs, id: string): string {
  return String(JSON.parse(packs.get(id)?.json ?? '""'))
}

/** The content as the dossier stands, of words that no form leaves blank; or what it lacks. */
export function draftContent(
  builder: PaperBuilder,
  dossier: string,
  store: Store,
  now: number,
): DraftContent | readonly Lacking[] {
  const found = builder.content(dossier, store, now)
  if (!isContent(found)) return found
  const content = headed(found.content, store.register('packs', 'pack').rows, dayOf(now))
  const missing = blanks(content).map((each) => unwritten(each, found))
  const lacking = isTooLong(content) ? [...missing, tooLong(content, found)] : missing
  return lacking.length > 0 ? lacking : { ...found, content }
}

export function isContent(found: DraftContent | readonly Lacking[]): found is DraftContent {
  return 'content' in found
}

/** How many copies of a kind are printed. */
export function copiesOf(packs: Packs, kind: string): number {
  return kindOf(packs, kind)?.copies ?? 1
}

/** The jurisdiction's title of a kind of paper. */
export function paperTitle(packs: Packs, kind: string): string {
  return kindOf(packs, kind)?.title ?? '文书'
}

/** With what every kind carries: the bureau, and the day whose statutory sentences are printed. */
function headed(content: Content, packs: Packs, day: string): Content {
  return { ...content, bureau: settingOf(packs, 'bureau.name'), wording_date: day }
}

function unwritten({ words, path }: Field, { written }: DraftContent): Lacking {
  return { says: `文书上缺${words}`, verb: '去写', to: written(path), conflict: false }
}

/** Whether it leaves no room for its hands in one record: it could be signed, but not issued. */
function isTooLong(content: Content): boolean {
  const written = new TextEncoder().encode(JSON.stringify(contentText(content)))
  return written.length > MAX_BODY_BYTES - HANDS_BYTES
}

function tooLong(content: Content, { written }: DraftContent): Lacking {
  const { words, path } = longestField(content)
  const says = `内容太长，一份文书装不下，先缩短${words}`
  return { says, verb: '去改', to: written(path), conflict: false }
}

function kindOf(packs: Packs, kind: string): KindRow | undefined {
  const kinds = JSON.parse(packs.get('table.document_kind')?.json ?? '[]') as readonly KindRow[]
  return kinds.find(({ id }) => id === kind)
}
