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
  const known = new Map(files.all().map((each) => [each.file, each]))
  const names = await namesIn(parts)
  const others = await ownAmong(parts, names.filter((name) => !known.has(name)))
  const here = names.flatMap((file) => known.get(file) ?? [])
  const all = [...here.map((entered) => ({ file: entered.file, entered })), ...others]
  return all.filter(({ entered }) => entered === null || receipts.received(entered.record) === null)
}

async function namesIn({ ports, running }: LeftParts): Promise<readonly string[]> {
  const names = await ports.blobs.list()
  if (!names.ok) throw new Error(`the evidence folder: ${names.error.code}`)
  return names.value.filter((name) => !isSegmentOf(running(), name))
}

/** This enrolment's files among some the page does not know: of another tab, or of a dossier gone. */
async function ownAmong(
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

export function leftItem({ file, entered }: LeftFile): LeftItem {
  return { kind: entered?.kind ?? (SEGMENT.test(file) ? 'audio' : '') }
}
