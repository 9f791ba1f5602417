/** How the server's state lies in the database: a record a value, registers in packs of 500. */

import { recordKey, type ServerRecord } from '@sync'

import type { ChunkRow } from './database'
import { type Carried, isRegister, type Opened } from './memory'
import { sealJson } from './sealing'

/** A record and the chunk it lies in. */
export type Placed = readonly (readonly [chunk: string, record: ServerRecord])[]

/** Records of a register in one sealed value. */
const PACK = 500

/** Each record with its chunk: alone, or the pack of the register it was first put into. */
export function place(
  { dossier, chunkOf }: Carried,
  records: readonly ServerRecord[],
): Placed {
  let count = chunkOf.size
  return records.map((record) => {
    const key = recordKey(record)
    if (!isRegister(dossier)) return [key, record]
    const known = chunkOf.get(key)
    return [known ?? `pack-${Math.floor(count++ / PACK)}`, record]
  })
}

export async function sealChunks(
  { device, ciphers }: Opened,
  { dossier, key, records, chunkOf }: Carried,
  placed: Placed,
): Promise<readonly ChunkRow[]> {
  if (key === null) throw new RangeError('a dossier without a key')
  const touched = new Map<string, Map<string, ServerRecord>>()
  for (const [chunk] of placed) touched.set(chunk, new Map())
  for (const [name, record] of records) touched.get(chunkOf.get(name) ?? '')?.set(name, record)
  for (const [chunk, record] of placed) touched.get(chunk)?.set(recordKey(record), record)
  const rows = [...touched].map(async ([chunk, members]) => {
    const at = chunkPlace(device, dossier, chunk)
    const sealed = await sealJson(ciphers, key, at, [...members.values()])
    return { device, dossier, chunk, sealed }
  })
  return Promise.all(rows)
}

export function put({ records, chunkOf }: Carried, record: ServerRecord, chunk: string): void {
  const key = recordKey(record)
  records.set(key, record)
  chunkOf.set(key, chunk)
}

export function noRecords(): Pick<Carried, 'records' | 'chunkOf'> {
  return { records: new Map(), chunkOf: new Map() }
}

/** A dossier's key among the data keys. */
export function keyName(dossier: string): string {
  return `dossier/${dossier}`
}

export function chunkPlace(device: string, dossier: string, chunk: string): string {
  return `chunk/${device}/${dossier}/${chunk}`
}
