/** What the screens of papers show, from their records. Instants are UTC ms. */

import type { DocumentNumber, Mark, Officer, Signature } from '@contract/records'

import type { Shown, Store } from '@/store/types'

import { issuedOf } from './commands'
import type { Content, Hands, PaperStep, Refused, Standing, Strokes } from './model'
import {
  type DraftContent,
  draftContent,
  isContent,
  type Lacking,
  type PaperTable,
} from './papers'
import { stepOf } from './rules'

/** One who signs: `key` is the place among the officers, or `party`; it stands in the address. */
export interface Signer {
  readonly key: string
  readonly role: 'officer' | 'party'
  readonly officer: string
  readonly name: string
  /** 「执法人员 · 证号 31020117」, 「被检查单位负责人」. */
  readonly title: string
  readonly post: string
  readonly strokes: Strokes | null
  readonly refused: boolean
  readonly done: boolean
}

export interface PaperStation {
  readonly id: PaperStep
  readonly label: string
  readonly state: 'done' | 'now' | 'todo'
}

export interface PaperRow {
  readonly kind: string
  readonly title: string
  /** Empty where no draft is open yet. */
  readonly draft: string
  readonly standing: Standing | null
  readonly number: string
  readonly note: string
}

type Officers = ReadonlyMap<string, Officer>
type Given = readonly Signature[]

const PARTY = 'party'

/** Signatures given under exactly this content; changed words must be signed anew. */
export function signaturesOf(
  store: Store,
  dossier: string,
  draft: string,
  contentSha256: string,
): Given {
  return store
    .records(dossier, 'signature')
    .map(({ values }) => values)
    .filter((each) => !each.withdrawn && each.draft === draft)
    .filter((each) => each.content_sha256 === contentSha256)
}

/** Everybody who signs the paper, officers first. */
export function signersOf(
  content: Content,
  partyTitle: string,
  officers: Officers,
  given: Given,
): readonly Signer[] {
  const { name, post } = content.party
  const party = given.find((each) => each.role === PARTY)
  const hands = strokesOf(party)
  const refused = Boolean(party?.refusal)
  return [
    ...content.officers.map((each, at) => officerSigner(each, at, officers, given)),
    {
      key: PARTY,
      role: PARTY,
      officer: '',
      name,
      title: partyTitle,
      post,
      strokes: hands,
      refused,
      done: refused || hands !== null || Boolean(party?.wet_ink),
    },
  ]
}

/** The hands as the paper shows them. */
export function handsOf(content: Content, officers: Officers, given: Given): Hands {
  const drawn = content.officers.flatMap(({ name, certificate }, at) => {
    const { strokes } = officerSigner({ name, certificate }, at, officers, given)
    return strokes ? [[certificate, strokes] as const] : []
  })
  const party = given.find((each) => each.role === PARTY)
  return { officers: new Map(drawn), party: strokesOf(party), refused: refusedOf(party, given) }
}

/** Paper by paper, in the order a visit needs them; what is issued or void stays in the list. */
export function paperRows(
  store: Store,
  dossier: string,
  papers: PaperTable,
  now: number,
): readonly PaperRow[] {
  return Object.entries(papers).flatMap(([kind, builder]) => {
    const drafts = store.records(dossier, 'draft').filter(({ values }) => values.kind === kind)
    const lacking = (): string => lacksNote(draftContent(builder, dossier, store, now))
    const rows = drafts.flatMap((draft) => rowOf(store, builder.title, draft, lacking))
    const going = rows.some(({ standing }) => standing === 'writing' || standing === 'fixed')
    const issued = rows.some(({ standing }) => standing === 'issued')
    const asks = issued ? builder.more : builder.wanted
    if (going || !asks?.(dossier, store, now)) return rows
    return [...rows, blankRow(kind, builder.title, lacking() || '可以写了')]
  })
}

/** The number that stands for a draft. */
export function numberOf(
  store: Store,
  dossier: string,
  draft: string,
): Shown<'number'> | undefined {
  return store
    .records(dossier, 'number')
    .find(({ values }) => values.draft === draft && !values.void && !values.withdrawn)
}

/** 「37号」. */
export function shortNumber(number: DocumentNumber | undefined): string {
  return number?.serial === undefined ? '' : `${number.serial}号`
}

export function stations(at: PaperStep): readonly PaperStation[] {
  const steps: readonly (readonly [PaperStep, string])[] = [
    ['content', '内容'],
    ['sign', '签名'],
    ['issue', '签发'],
    ['deliver', '打印送达'],
  ]
  const here = steps.findIndex(([id]) => id === at)
  return steps.map(([id, label], i) => {
    return { id, label, state: i < here ? 'done' : i === here ? 'now' : 'todo' }
  })
}

/** What the server found when it last printed the paper again. */
export function checkOf(store: Store, dossier: string, document: string): Mark | undefined {
  return store
    .records(dossier, 'mark')
    .map(({ values }) => values)
    .findLast((mark) => mark.of === document && mark.kind?.startsWith('document_'))
}

/** Where a paper stands among its four stations. */
export function currentStep(
  fixed: boolean,
  signers: readonly Signer[],
  issued: boolean,
): PaperStep {
  return stepOf(fixed, signers.filter(({ done }) => !done).length, issued)
}

function rowOf(
  store: Store,
  title: string,
  draft: Shown<'draft'>,
  lacking: () => string,
): readonly PaperRow[] {
  const { dossier, id, values } = draft
  const document = issuedOf(store, dossier, id)
  if (values.withdrawn && document === undefined) return []
  const taken = document
    ? store.record(dossier, 'number', document.values.number ?? '')
    : numberOf(store, dossier, id)
  const standing = standingOf(document, taken !== null && taken !== undefined)
  const number = taken?.values.text ?? ''
  const lacks = standing === 'writing' ? lacking() : ''
  const note = [NOTES[standing], lacks].filter(Boolean).join(' · ')
  return [{ kind: values.kind ?? '', title, draft: id, standing, number, note }]
}

const NOTES: Readonly<Record<Standing, string>> = {
  writing: '草稿，未取文号',
  fixed: '已取文号，待签名签发',
  issued: '已签发',
  void: '已作废，文号不再使用',
}

function standingOf(document: Shown<'document'> | undefined, numbered: boolean): Standing {
  if (document?.values.void) return 'void'
  if (document) return 'issued'
  return numbered ? 'fixed' : 'writing'
}

function blankRow(kind: string, title: string, note: string): PaperRow {
  return { kind, title, draft: '', standing: null, number: '', note }
}

/** Empty where nothing lacks. */
function lacksNote(found: DraftContent | readonly Lacking[]): string {
  return isContent(found) || found.length === 0 ? '' : `内容还差 ${found.length} 件`
}

function officerSigner(
  { name, certificate }: { readonly name: string; readonly certificate: string },
  at: number,
  officers: Officers,
  given: Given,
): Signer {
  const id = [...officers.values()].find((each) => each.certificate?.number === certificate)?.id
  const own = given.find((each) => each.role === 'officer' && each.officer === id)
  const strokes = strokesOf(own)
  return {
    key: `${at + 1}`,
    role: 'officer',
    officer: id ?? '',
    name,
    title: `执法人员 · 证号 ${certificate}`,
    post: '',
    strokes,
    refused: false,
    done: strokes !== null || Boolean(own?.wet_ink),
  }
}

function refusedOf(party: Signature | undefined, given: Given): Refused | null {
  const refusal = party?.refusal
  if (!refusal) return null
  const { witness_name: name = '', witness_unit: unit = '', witness_phone: phone = '' } = refusal
  const strokes = strokesOf(given.find((each) => each.role === 'witness'))
  const witness = name === '' ? null : { name, unit, phone, strokes }
  return { reason: refusal.reason, witness, left: Boolean(refusal.left_evidence) }
}

function strokesOf(signature: Signature | undefined): Strokes | null {
  const strokes = signature?.strokes ?? []
  if (strokes.length === 0) return null
  return strokes.map((stroke) => stroke.map(([x = 0, y = 0]) => [x, y] as const))
}
