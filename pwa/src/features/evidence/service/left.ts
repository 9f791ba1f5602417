/**
 * What would be lost with the keys of this enrolment: files in the evidence folder, whichever tab
 * made them, without a receipt that was checked. Whose a file is, its key tells.
 */

import type { LeftItem } from '../model'
import { type Files, linkName, type Link, type LocalFile } from './files'
import type { LastingReceipts } from './lasting'
import type { EvidencePorts } from './ports'
import { isSegmentOf } from './recorder'

/** `entered` is null while no record of it has been written. */
export interface LeftFile {
  readonly file: string
  readonly entered: LocalFile | null
}

/** The segments of a recording share its key. */
const SEGMENT = /\.\d+$/

export interface LeftParts {
  readonly ports: EvidencePorts
  readonly files: Files
  readonly receipts: LastingReceipts
  /** The recording that runs in this page, whose file is being written; '' = none. */
  readonly running: () => string
}

/** Rejects where the folder cannot be read: then nobody knows. */
export async function filesLeft(parts: LeftParts): Promise<readonly LeftFile[]> {
  const { files, receipts } = parts
  const names = new Set(await namesIn(parts))
  const here = files.all().filter(({ file }) => names.has(file))
  const others = await ownAmong(parts, await strangers(parts))
  const all = [...here.map((entered) => ({ file: entered.file, entered })), ...others]
  return all.filter(({ entered }) => entered === null || receipts.received(entered.record) === null)
}

/** Files in the folder that the page does not know. */
export async function strangers(parts: LeftParts): Promise<readonly string[]> {
  const known = new Set(parts.files.all().map(({ file }) => file))
  return (await namesIn(parts)).filter((name) => !known.has(name))
}

async function namesIn({ ports, running }: LeftParts): Promise<readonly string[]> {
  const names = await ports.blobs.list()
  if (!names.ok) throw new Error(`the evidence folder: ${names.error.code}`)
  return names.value.filter((name) => !isSegmentOf(running(), name))
}

/** This enrolment's files among some that the page does not know: of another tab, or of a dossier gone. */
export async function ownAmong(
  { ports: { store }, receipts }: LeftParts,
  names: readonly string[],
): Promise<readonly LeftFile[]> {
  const keys = new Map<string, CryptoKey>()
  for (const name of names) {
    const key = await store.dataKey(name.replace(SEGMENT, ''))
    if (key !== null) keys.set(name, key)
  }
  const entered = new Map<string, LocalFile>()
  for (const evidence of keys.size === 0 ? [] : await store.authored('evidence')) {
    const link = (await store.kept(linkName(evidence.id))) as Link | undefined
    const dataKey = keys.get(link?.file ?? '')
    if (link === undefined || dataKey === undefined) continue
    await receipts.recall(link.dossier)
    const { kind = '', type = '', bytes = 0, sha256 = '', captured = 0 } = evidence.values
    const facts = { kind, type, bytes, sha256, captured }
    entered.set(link.file, { record: evidence.id, dataKey, ...facts, ...link })
  }
  return [...keys.keys()].map((file) => ({ file, entered: entered.get(file) ?? null }))
}

/** What the sending tells of a record. */
interface Progress {
  hasArrived(record: string): boolean
  refusal(record: string): string
}

/** In what a screen needs. */
export function leftItem(
  { file, entered }: LeftFile,
  { hasArrived, refusal }: Progress,
): LeftItem {
  if (entered === null) {
    return { kind: SEGMENT.test(file) ? 'audio' : '', at: 'unrecorded', refusal: '' }
  }
  const { kind, record } = entered
  return { kind, at: hasArrived(record) ? 'arrived' : 'phone', refusal: refusal(record) }
}
