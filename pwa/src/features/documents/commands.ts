/** What officers do with a paper. Nothing issued is edited: it is voided and written anew. */

import { digestBytes } from '@/adapters/digest'
import type { PrintedPaper } from '@/adapters/print-engine'
import type { EvidenceService } from '@/features/evidence/public'
import type { Shown, Store, Write } from '@/store/types'

import type { PrintOutcome, ServiceWay, Strokes } from './model'
import { rendererOf } from './rules'

/** A draft as its screens know it. */
export interface DraftAt {
  readonly dossier: string
  readonly draft: string
  readonly kind: string
}

export interface Signing {
  /** An officer, the unit, the witness of its refusal, or its consent to 电子送达. */
  readonly role: 'officer' | 'party' | 'witness' | 'consent'
  readonly officer: string
  readonly name: string
  readonly post: string
  readonly strokes: Strokes
}

export interface RefusalGiven {
  readonly name: string
  readonly post: string
  readonly reason: string
  readonly witness: { readonly name: string; readonly unit: string; readonly phone: string } | null
  readonly witnessStrokes: Strokes | null
  readonly leftEvidence: string
}

/** Everything an issue leaves behind, made ready before the fact is written. */
export interface Issuing extends DraftAt {
  readonly number: string
  readonly facts: string
  readonly paper: PrintedPaper
  readonly code: string
  readonly at: number
}

/** The draft of a kind, opened if there is none to go on with; resolves with its id. */
export async function openDraft(store: Store, dossier: string, kind: string): Promise<string> {
  const going = goingOn(store, dossier, kind)
  if (going !== undefined) return going.id
  const [id = ''] = await store.append([{ dossier, entity: 'draft', fields: { kind } }])
  return id
}

/**
 * 定稿: the content is fixed and the number taken; resolves with the number's record id, null when
 * the lease is used up. The content is durable first, so that nothing is lost then.
 */
export async function fix(
  store: Store,
  { dossier, draft, kind }: DraftAt,
  text: string,
  about: readonly string[],
  year: number,
): Promise<string | null> {
  const shown = store.record(dossier, 'draft', draft)?.values
  const same = shown?.content === text && shown.about?.join() === about.join()
  if (!same) {
    const fields = { content: text, about: [...about] }
    await store.append([{ dossier, entity: 'draft', id: draft, fields }])
  }
  return store.takeNumber(dossier, kind, year, draft)
}

/** The number is given up, the draft begun anew: signatures stay with the words they were for. */
export async function reopen(
  store: Store,
  at: DraftAt,
  number: string,
  now: number,
): Promise<string> {
  const reason = '改内容，重新定稿'
  const [, , id = ''] = await store.append([
    voidedNumber(at.dossier, number, reason, now),
    withdrawnDraft(at, reason),
    { dossier: at.dossier, entity: 'draft', fields: { kind: at.kind } },
  ])
  return id
}

export async function sign(
  store: Store,
  { dossier, draft }: DraftAt,
  content: string,
  signing: Signing,
  at: number,
): Promise<void> {
  const contentSha256 = await hashOf(content)
  await store.append([signature(dossier, draft, contentSha256, signing, at)])
}

/** 拒签, with the witness's own signature where there is one (安全生产法第六十八条). */
export async function refuse(
  store: Store,
  { dossier, draft }: DraftAt,
  content: string,
  given: RefusalGiven,
  at: number,
): Promise<void> {
  const hash = await hashOf(content)
  const { witness, witnessStrokes: strokes } = given
  const base = { draft, content_sha256: hash, role: 'party', officer: '', at }
  const refusal = {
    reason: given.reason,
    witness_name: witness?.name ?? '',
    witness_unit: witness?.unit ?? '',
    witness_phone: witness?.phone ?? '',
    left_evidence: given.leftEvidence,
  }
  const { name, post } = given
  const said: Write = { dossier, entity: 'signature', fields: { ...base, name, post, refusal } }
  if (witness === null || strokes === null) return void (await store.append([said]))
  const seen: Signing = { role: 'witness', officer: '', name: witness.name, post: '', strokes }
  await store.append([signature(dossier, draft, hash, seen, at), said])
}

/** 签发: the PDF is kept first, then the fact that names it. Resolves with the document's id. */
export async function issue(
  store: Store,
  evidence: Pick<EvidenceService, 'keepPdf'>,
  issuing: Issuing,
): Promise<string> {
  const { dossier, draft, kind, number, facts, paper, code, at } = issuing
  if (issuedOf(store, dossier, draft)) throw new Error('the draft is issued already')
  const pdf = await evidence.keepPdf(dossier, paper.pdf, draft)
  const fields = {
    kind,
    draft,
    number,
    facts,
    facts_sha256: await hashOf(facts),
    renderer: rendererOf(paper.pdf),
    pdf,
    pdf_sha256: paper.sha256,
    code,
    issued: at,
  }
  const [id = ''] = await store.append([{ dossier, entity: 'document', fields }])
  return id
}

/** 作废: paper and number; the draft leaves the list of what is to be done. */
export async function voidDocument(
  store: Store,
  dossier: string,
  document: Shown<'document'>,
  reason: string,
  at: number,
): Promise<void> {
  const { draft = '', number = '', kind = '' } = document.values
  await store.append([
    { dossier, entity: 'document', id: document.id, fields: { void: { reason, at } } },
    voidedNumber(dossier, number, reason, at),
    withdrawnDraft({ dossier, draft, kind }, reason),
  ])
}

export async function serve(
  store: Store,
  dossier: string,
  served: {
    readonly document: string
    readonly way: ServiceWay
    readonly recipient: string
    readonly words: string
    readonly at: number
  },
): Promise<void> {
  await store.append([{ dossier, entity: 'service', fields: served }])
}

export async function notePrint(
  store: Store,
  dossier: string,
  printed: {
    readonly document: string
    readonly copies: number
    readonly outcome: PrintOutcome
    readonly at: number
  },
): Promise<void> {
  await store.append([{ dossier, entity: 'print', fields: printed }])
}

/** The verification code of a draft, chosen once on this phone: what is signed shows it already. */
export async function codeOf(store: Store, draft: string, fresh: () => string): Promise<string> {
  const name = `code/${draft}`
  const known = await store.kept(name)
  if (typeof known === 'string') return known
  const code = fresh()
  await store.keep(name, code)
  return code
}

export async function hashOf(text: string): Promise<string> {
  return digestBytes(new TextEncoder().encode(text))
}

export function issuedOf(
  store: Store,
  dossier: string,
  draft: string,
): Shown<'document'> | undefined {
  return store.records(dossier, 'document').find(({ values }) => {
    return values.draft === draft && !values.withdrawn
  })
}

/** The draft of a kind that is written on and not issued yet. */
export function goingOn(
  store: Store,
  dossier: string,
  kind: string,
): Shown<'draft'> | undefined {
  return store
    .records(dossier, 'draft')
    .filter(({ values }) => values.kind === kind && !values.withdrawn)
    .findLast(({ id }) => issuedOf(store, dossier, id) === undefined)
}

function signature(
  dossier: string,
  draft: string,
  contentSha256: string,
  { role, officer, name, post, strokes }: Signing,
  at: number,
): Write {
  const drawn = strokes.map((stroke) => stroke.map(([x, y]) => [x, y]))
  const given = { role, officer, name, post, strokes: drawn, at }
  const fields = { draft, content_sha256: contentSha256, ...given }
  return { dossier, entity: 'signature', fields }
}

function voidedNumber(dossier: string, number: string, reason: string, at: number): Write {
  return { dossier, entity: 'number', id: number, fields: { void: { reason, at } } }
}

function withdrawnDraft({ dossier, draft }: DraftAt, reason: string): Write {
  return { dossier, entity: 'draft', id: draft, fields: { withdrawn: { reason } } }
}
