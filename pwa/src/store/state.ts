/**
 * The server's state of carried dossiers: in memory as it is read, in the database sealed. Memory
 * is the base of every change; the transaction checks that no other tab has moved it meanwhile.
 */

import {
  applyLine,
  applyRows,
  laterTime,
  observedInLines,
  observedInRows,
  recordKey,
  type Row,
  type ServerRecord,
  type SnapshotPage,
  type Store as Port,
  type Time,
} from '@sync'

import type { Tables } from '@/adapters/idb'

import { keyName, noRecords, place, put, sealChunks } from './chunks'
import { type DeviceRow, type OwnRow, present, type Rows } from './database'
import { makeDataKey } from './keys'
import type { Carried, Opened } from './memory'
import { close, readOwn } from './own'

/** Another tab has changed the server state: read it anew, then sync again. */
export class Stale extends Error {
  override readonly name = 'Stale'
}

type ServerSide = Omit<
  Port,
  'appendOwn' | 'ownAfter' | 'unsettled' | 'markAcked' | 'settle' | 'setReceipts' | 'reissue'
>

/** The part of the sync client's storage that concerns the server's state. */
export function serverSide(opened: Opened): ServerSide {
  const { memory } = opened
  return {
    readDevice: async () => {
      const { device } = opened
      return opened.database.run('readonly', ['device'], async (tables) =>
        present(await tables.device.get([device]), 'the device'),
      )
    },
    readDossiers: async () => [...memory.carried.values()],
    records: async (dossier) => [...(memory.carried.get(dossier)?.records.values() ?? [])],
    hold: (dossier) => hold(opened, dossier),
    restart: async (dossier) => {
      const fresh = { dossier, cursor: 0, snapshot: { next: null } }
      await change(opened, async (tables, state) => {
        await forget(tables, opened, dossier)
        if (!opened.memoryOnly) await tables.dossier.put({ device: opened.device, ...fresh })
        return state
      })
      const key = memory.carried.get(dossier)?.key ?? null
      memory.setCarried([{ ...fresh, key, ...noRecords() }])
      opened.tell([dossier])
    },
    applyRows: (dossier, rows) => takeRows(opened, dossier, rows),
    applySnapshotPage: (dossier, page) => takePage(opened, dossier, page),
    dropDossier: async (dossier) => {
      await change(opened, async (tables, state) => {
        await forget(tables, opened, dossier)
        await tables.key.delete([opened.device, keyName(dossier)])
        return state
      })
      memory.dropCarried([dossier])
      opened.tell([dossier])
    },
    dropServerState: (timeline) => dropAll(opened, timeline),
  }
}

export async function hold(opened: Opened, dossier: string): Promise<void> {
  const { memory, device, memoryOnly } = opened
  if (memory.carried.has(dossier)) return
  const fresh = { dossier, cursor: 0, snapshot: { next: null } }
  if (memoryOnly) {
    memory.setCarried([{ ...fresh, key: null, ...noRecords() }])
  } else {
    const { ciphers, identity, enrolment } = opened
    const made = await makeDataKey(ciphers, identity, enrolment.hpke, device, keyName(dossier))
    await change(opened, async (tables, state) => {
      await tables.key.put(made.row)
      await tables.dossier.put({ device, ...fresh })
      return state
    })
    memory.setCarried([{ ...fresh, key: made.key, ...noRecords() }])
  }
  opened.tell([dossier])
}

async function takeRows(opened: Opened, dossier: string, rows: readonly Row[]): Promise<void> {
  const carried = opened.memory.carried.get(dossier)
  if (carried === undefined || rows.length === 0) return
  const changed = applyRows((key) => carried.records.get(key), carried.cursor, rows)
  const moved = { ...carried, cursor: rows.at(-1)?.seq ?? carried.cursor }
  const bodies = new Set(rows.map(({ body }) => body))
  const settled = [...opened.memory.own.values()].filter(({ body }) => bodies.has(body))
  const own = settled.map(({ epoch, n }) => ({ epoch, n }))
  await save(opened, moved, [...changed.values()], observedInRows(rows), own)
}

async function takePage(opened: Opened, dossier: string, page: SnapshotPage): Promise<void> {
  const carried = opened.memory.carried.get(dossier)
  if (carried === undefined) return
  const lines = page.lines.flatMap((line) => {
    const record = applyLine(carried.records.get(recordKey(line)), line)
    return record === null ? [] : [record]
  })
  const first = carried.snapshot?.next === null
  const cursor = first ? page.seq0 : carried.cursor
  const snapshot = page.next === null ? null : { next: page.next }
  const moved = { ...carried, cursor, snapshot }
  await save(opened, moved, lines, observedInLines(page.lines), [])
}

async function save(
  opened: Opened,
  carried: Carried,
  records: readonly ServerRecord[],
  time: Time | null,
  settled: readonly { readonly epoch: number; readonly n: number }[],
): Promise<void> {
  const { device, memory, memoryOnly } = opened
  const { dossier, cursor, snapshot } = carried
  const placed = place(carried, records)
  const chunks = memoryOnly ? [] : await sealChunks(opened, carried, placed)
  await change(opened, async (tables, state) => {
    for (const chunk of chunks) await tables.chunk.put(chunk)
    if (!memoryOnly) await tables.dossier.put({ device, dossier, cursor, snapshot })
    const own = await Promise.all(settled.map(({ epoch, n }) => tables.own.get([device, epoch, n])))
    await close(tables, own.filter((row): row is OwnRow => row !== undefined))
    return { ...state, time: laterTime(state.time, time) }
  })
  for (const [chunk, record] of placed) put(carried, record, chunk)
  memory.setCarried([carried])
  if (settled.length > 0) await readOwn(opened)
  opened.tell([dossier])
}

async function dropAll(opened: Opened, timeline: string): Promise<void> {
  const { device, memory } = opened
  const dossiers = [...memory.dossiers()]
  await change(opened, async (tables, state) => {
    await tables.dossier.deleteUnder([device])
    await tables.chunk.deleteUnder([device])
    for (const own of await tables.own.under([device])) {
      await tables.own.put({ ...own, open: 1, refused: null })
    }
    return { ...state, timeline, runs: state.runs.map((run) => ({ ...run, acked: 0 })) }
  })
  memory.dropCarried([...memory.carried.keys()])
  await readOwn(opened)
  opened.tell(dossiers)
}

async function change(
  opened: Opened,
  work: (tables: Tables<Rows>, state: DeviceRow) => Promise<DeviceRow>,
): Promise<void> {
  const { database, device, memory, memoryOnly } = opened
  const names = ['device', 'own', 'dossier', 'chunk', 'key'] as const
  const next = await database.run('readwrite', names, async (tables) => {
    const state = present(await tables.device.get([device]), 'the device')
    if (!memoryOnly && state.generation !== memory.generation) throw new Stale()
    const changed = { ...(await work(tables, state)), generation: state.generation + 1 }
    await tables.device.put(changed)
    return changed
  })
  memory.device = next
  memory.generation = next.generation
}

async function forget(tables: Tables<Rows>, { device }: Opened, dossier: string): Promise<void> {
  await tables.dossier.delete([device, dossier])
  await tables.chunk.deleteUnder([device, dossier])
}
