/** The server's state read from the database: at unlock, and after another tab has moved it. */

import type { ServerRecord } from '@sync'

import type { Tables } from '@/adapters/idb'

import { chunkPlace, keyName, noRecords, put } from './chunks'
import { type ChunkRow, type DossierRow, present, type Rows } from './database'
import { type DataKeyRow, openDataKey } from './keys'
import type { Carried, Opened } from './memory'
import { unsealJson } from './sealing'

/** Reads all of it, or some dossiers, into memory; again where memory has moved meanwhile. */
export async function readState(opened: Opened, only?: ReadonlySet<string>): Promise<void> {
  const { database, device, memory, memoryOnly } = opened
  if (memoryOnly) return
  const turn = memory.carriedTurn
  const names = ['device', 'dossier', 'key', 'chunk'] as const
  const { state, rows, found } = await database.run('readonly', names, async (tables) => {
    const held = await tables.dossier.under([device])
    const wanted = held.filter(({ dossier }) => only?.has(dossier) ?? true)
    return {
      state: present(await tables.device.get([device]), 'the device'),
      rows: held,
      found: await Promise.all(wanted.map((row) => findDossier(tables, row))),
    }
  })
  const carried = await Promise.all(found.map((each) => openDossier(opened, each)))
  if (memory.carriedTurn !== turn) return readState(opened, only)
  const there = new Set(rows.map(({ dossier }) => dossier))
  memory.dropCarried([...memory.carried.keys()].filter((dossier) => !there.has(dossier)))
  memory.setCarried(carried)
  if (only === undefined) memory.generation = state.generation
}

interface Found {
  readonly row: DossierRow
  readonly keyRow: DataKeyRow
  readonly chunks: readonly ChunkRow[]
}

async function findDossier(tables: Tables<Rows>, row: DossierRow): Promise<Found> {
  const { device, dossier } = row
  const keyRow = present(await tables.key.get([device, keyName(dossier)]), 'the dossier key')
  return { row, keyRow, chunks: await tables.chunk.under([device, dossier]) }
}

async function openDossier(
  { ciphers, identity }: Opened,
  { row, keyRow, chunks }: Found,
): Promise<Carried> {
  const { device, dossier, cursor, snapshot } = row
  const key = await openDataKey(ciphers, identity, keyRow)
  const carried: Carried = { dossier, cursor, snapshot, key, ...noRecords() }
  const opening = chunks.map(async ({ chunk, sealed }) => {
    const at = chunkPlace(device, dossier, chunk)
    return { chunk, records: await unsealJson<ServerRecord[]>(ciphers, key, at, sealed) }
  })
  for (const { chunk, records } of await Promise.all(opening)) {
    for (const record of records) put(carried, record, chunk)
  }
  return carried
}
