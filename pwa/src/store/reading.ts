/** The server's state read from the database: at unlock, and after another tab has moved it. */

import type { ServerRecord } from '@sync'

import type { Tables } from '@/adapters/idb'

import { chunkPlace, keyName, noRecords, put } from './chunks'
import { type ChunkRow, type DossierRow, present, type Rows } from './database'
import { type DataKeyRow, openDataKey } from './keys'
import type { Carried, Opened } from './memory'
import { unsealJson } from './sealing'

type Wanted = (dossier: string) => boolean

/** Registers that grow with the bureau: 20,000 enterprises, the texts of the law. */
const BIG = /^ref\.(enterprises|law)\./

/** Reads all of it into memory. */
export async function readState(opened: Opened): Promise<void> {
  opened.memory.generation = await read(opened, () => true)
}

/** Reads some dossiers anew. */
export async function readAnew(opened: Opened, some: ReadonlySet<string>): Promise<void> {
  await read(opened, (dossier) => some.has(dossier))
}

/** What the list of tasks needs, so that it stands soon; `readBig` must follow before a sync. */
export async function readSmall(opened: Opened): Promise<void> {
  opened.memory.generation = await read(opened, (dossier) => !BIG.test(dossier))
}

/** The rest. What another tab moved since `readSmall` shows by the generation, as ever. */
export async function readBig(opened: Opened): Promise<void> {
  await read(opened, (dossier) => BIG.test(dossier))
}

/** Again where memory has moved meanwhile. Resolves with the generation that was read. */
async function read(opened: Opened, wanted: Wanted): Promise<number> {
  const { database, device, memory, memoryOnly } = opened
  if (memoryOnly) return memory.generation
  const turn = memory.carriedTurn
  const names = ['device', 'dossier', 'key', 'chunk'] as const
  const { state, rows, found } = await database.run('readonly', names, async (tables) => {
    const held = await tables.dossier.under([device])
    const chosen = held.filter(({ dossier }) => wanted(dossier))
    return {
      state: present(await tables.device.get([device]), 'the device'),
      rows: held,
      found: await Promise.all(chosen.map((row) => findDossier(tables, row))),
    }
  })
  const carried = await Promise.all(found.map((each) => openDossier(opened, each)))
  if (memory.carriedTurn !== turn) return read(opened, wanted)
  const there = new Set(rows.map(({ dossier }) => dossier))
  memory.dropCarried([...memory.carried.keys()].filter((dossier) => !there.has(dossier)))
  memory.setCarried(carried)
  return state.generation
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
