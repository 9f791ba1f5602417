/** An issued paper as the desk tells it beside its pages, among the papers of its dossier. */

import type { Mark } from '@contract/records'

import type { Shown, Store } from '@/store/types'

import { goingOn } from './commands'
import { type LedgerLine, momentWords, printWords, serviceWords } from './ledger'
import type { Force, IssuedPaper } from './model'
import { paperTitle } from './papers'
import { forceOf, mayVoid, newerOf } from './rules'
import { checkOf, shortNumber } from './views'

/** One of a dossier's papers, in the order they were issued. */
export interface PaperItem {
  readonly id: string
  readonly title: string
  readonly number: string
  readonly force: Force
}

/** The file's SHA-256 as the phone printed it and as the server set it again, first and last digits. */
export interface Check {
  readonly state: 'waiting' | 'same' | 'differs' | 'other'
  readonly words: string
  readonly phone: string
  /** The digits, or why there are none. */
  readonly server: string
}

export interface PaperView extends PaperItem {
  readonly kind: string
  /** 「37号」. */
  readonly serial: string
  /** 「11月29日 05:33」. */
  readonly issued: string
  /** 「11月30日 09:10 作废：日期写错」; empty for one in force. */
  readonly lost: string
  /** The paper that took its place. */
  readonly newer: PaperItem | null
  /** The draft of its kind that is being written; empty where there is none. */
  readonly going: string
  readonly signatures: readonly LedgerLine[]
  readonly services: readonly LedgerLine[]
  readonly prints: readonly LedgerLine[]
  readonly check: Check
  /** The record of its PDF; empty where there is none. */
  readonly pdf: string
}

/** Whether this reader may void a paper of the dossier, and who may. */
export interface Voiders {
  readonly may: boolean
  readonly words: string
}

export function paperItems(store: Store, dossier: string): readonly PaperItem[] {
  const papers = issuedIn(store, dossier)
  const all = papers.map((each) => among(store, each))
  return papers.map((each) => itemOf(store, each, all))
}

/** The paper before (-1) or after (1) one; undefined at the ends. */
export function neighbour(
  items: readonly PaperItem[],
  id: string,
  step: -1 | 1,
): PaperItem | undefined {
  const at = items.findIndex((each) => each.id === id)
  return at < 0 ? undefined : items[at + step]
}

/** Null: no such paper in this dossier. */
export function paperView(
  store: Store,
  dossier: string,
  id: string,
  now: number,
): PaperView | null {
  const papers = issuedIn(store, dossier)
  const paper = papers.find((each) => each.id === id)
  if (paper === undefined) return null
  const { kind = '', number = '', issued = 0, void: lost, pdf = '', pdf_sha256 = '' } = paper.values
  const all = papers.map((each) => among(store, each))
  const newer = newerOf(among(store, paper), all)?.id
  const named = papers.find((each) => each.id === newer)
  return {
    ...itemOf(store, paper, all),
    kind,
    serial: shortNumber(store.record(dossier, 'number', number)?.values),
    issued: momentWords(issued, now),
    lost: lost ? `${momentWords(lost.at, now)} 作废：${lost.reason}` : '',
    newer: named ? itemOf(store, named, all) : null,
    going: goingOn(store, dossier, kind)?.id ?? '',
    ...ledgers(store, paper, now),
    check: checkWords(checkOf(store, dossier, id), pdf_sha256),
    pdf,
  }
}

/** What the server's own rendering says of the phone's file (architecture.md 7). */
export function checkWords(mark: Mark | undefined, sha: string): Check {
  const phone = `${sha.slice(0, 4)}…${sha.slice(-4)}`
  const words = mark?.text ?? ''
  switch (mark?.kind) {
    case 'document_same':
      return { state: 'same', words: '手机与服务器逐字节一致', phone, server: phone }
    case 'document_differs':
      return { state: 'differs', words, phone, server: '与手机的不一致' }
    case 'document_other_version':
      return { state: 'other', words, phone, server: '没有重排' }
    default:
      return { state: 'waiting', words: '等服务器复核', phone, server: '还没有' }
  }
}

export function voidersOf(store: Store, dossier: string): Voiders {
  const person = store.person()
  const section = store.records(dossier, 'dossier')[0]?.values.section ?? ''
  const officers = store.records(dossier, 'inspection')[0]?.values.officers ?? []
  const { rows } = store.register('officers', 'officer')
  const names = officers.flatMap((id) => rows.get(id)?.name ?? []).join('、') || '承办人'
  const office = [...rows.values()].find((each) => each.section === section)?.section_name
  return {
    may: person !== null && mayVoid(person, { section, officers }),
    words: `作废和更正由${names}或者${office ?? '承办科室'}负责人办。`,
  }
}

function issuedIn(store: Store, dossier: string): readonly Shown<'document'>[] {
  return store
    .records(dossier, 'document')
    .filter(({ values }) => !values.withdrawn)
    .sort((one, two) => (one.values.issued ?? 0) - (two.values.issued ?? 0))
}

/** As the rules look at it among the others. */
function among(store: Store, { id, dossier, values }: Shown<'document'>): IssuedPaper {
  const { kind = '', issued = 0, draft = '' } = values
  const about = store.record(dossier, 'draft', draft)?.values.about ?? []
  return { id, kind, issued, voided: Boolean(values.void), about }
}

function itemOf(
  store: Store,
  paper: Shown<'document'>,
  all: readonly IssuedPaper[],
): PaperItem {
  const { id, dossier, values } = paper
  return {
    id,
    title: paperTitle(store.register('packs', 'pack').rows, values.kind ?? ''),
    number: store.record(dossier, 'number', values.number ?? '')?.values.text ?? '',
    force: forceOf(among(store, paper), all),
  }
}

function ledgers(
  store: Store,
  { id, dossier, values: { draft } }: Shown<'document'>,
  now: number,
): Pick<PaperView, 'signatures' | 'services' | 'prints'> {
  const live = <E extends 'signature' | 'service' | 'print'>(entity: E): readonly Shown<E>[] =>
    store.records(dossier, entity).filter(({ values }) => !values.withdrawn)
  return {
    signatures: live('signature')
      .filter(({ values }) => values.draft === draft)
      .map((each) => signed(store, each, now)),
    services: live('service')
      .filter(({ values }) => values.document === id)
      .map(({ values }) => serviceWords(values)),
    prints: live('print')
      .filter(({ values }) => values.document === id)
      .map(({ values }) => printWords(values)),
  }
}

/** Who signed, when, and on whose phone. */
function signed(store: Store, { values, device }: Shown<'signature'>, now: number): LedgerLine {
  const { name = '', post = '', officer = '', refusal, at = 0 } = values
  const { rows } = store.register('officers', 'officer')
  const known = rows.get(officer)
  const who = known ? `${known.name} 证号 ${known.certificate?.number ?? ''}` : `${name} ${post}`
  const holder = [...rows.values()].find(({ devices }) => devices?.includes(device))?.name
  const act = refusal ? `拒签：${refusal.reason}` : '签名'
  const where = holder ? `，在${holder}的手机上` : ''
  return { title: who.trim(), note: `${momentWords(at, now)} ${act}${where}` }
}
