/** Own changesets in the database: durable before they are shown, kept after they are sent. */

import {
  type ChainEnd,
  type DeviceState,
  FIRST_PREV,
  lastRun,
  type OwnChangeset,
  type Run,
  type Store as Port,
  type Unsettled,
  laterTime,
} from '@sync'

import type { Records } from '@contract/records'

import type { Tables } from '@/adapters/idb'

import { type LeaseRow, type OwnRow, present, type Rows } from './database'
import type { Opened } from './memory'
import { sealJson, unsealJson } from './sealing'
import type { Authored, Entity } from './types'

/** The lease a number was taken from, as it stood when the number was written. */
export type Pointer = Pick<LeaseRow, 'kind' | 'year' | 'first' | 'next'>

/**
 * ONE transaction: counter, changesets and the lease's pointer, or nothing. False where the chain
 * or the lease has moved since they were read.
 */
export async function appendOwn(
  opened: Opened,
  end: ChainEnd,
  changesets: readonly OwnChangeset[],
  pointer: Pointer | null,
): Promise<boolean> {
  const { database, device, memory } = opened
  const rows = await Promise.all(changesets.map((changeset) => ownRow(opened, changeset)))
  const last = present(changesets.at(-1), 'a changeset to append')
  const row = await database.run('readwrite', ['device', 'own', 'lease'], async (tables) => {
    const state = present(await tables.device.get([device]), 'the device')
    if (!endsAt(state, end)) return null
    if (pointer !== null && !(await advanced(tables, device, pointer))) return null
    for (const own of rows) await tables.own.put(own)
    const time = laterTime(state.time, last.time)
    const run = { ...lastRun(state), n: last.n, hash: last.hash }
    const next = { ...state, time, runs: [...state.runs.slice(0, -1), run] }
    await tables.device.put(next)
    return next
  })
  if (row === null) return false
  memory.device = row
  const shown = changesets.map((changeset) => ({ ...changeset, refused: null }))
  const follows = memory.end.epoch === end.epoch && memory.end.n === end.n
  if (follows) memory.addOwn(shown, { epoch: end.epoch, n: last.n })
  else await readOwn(opened)
  if (pointer !== null) await readLeases(opened)
  opened.tell(new Set(changesets.map(({ dossier }) => dossier)))
  return true
}

/** Brings memory up to what any tab has written; reads again where this one wrote meanwhile. */
export async function readOwn(opened: Opened): Promise<void> {
  const { database, device, memory } = opened
  const turn = memory.ownTurn
  const [state, rows] = await database.run('readonly', ['device', 'own'], async (tables) => {
    const found = present(await tables.device.get([device]), 'the device')
    return [found, await tables.own.where('open', [device, 1])] as const
  })
  const open = await Promise.all(
    rows.map(async (row) => ({ ...(await changesetOf(opened, row)), refused: row.refused })),
  )
  if (memory.ownTurn !== turn) return readOwn(opened)
  const { epoch, n } = lastRun(state)
  memory.device = state
  memory.setOwn(open, { epoch, n })
}

export async function readLeases({ database, device, memory }: Opened): Promise<void> {
  memory.leases = await database.run('readonly', ['lease'], ({ lease }) => lease.under([device]))
}

type OwnSide = Pick<
  Port,
  'appendOwn' | 'ownAfter' | 'unsettled' | 'markAcked' | 'settle' | 'setReceipts' | 'reissue'
>

/** The part of the sync client's storage that concerns own changesets. */
export function ownSide(opened: Opened): OwnSide {
  return {
    appendOwn: (end, changesets) => appendOwn(opened, end, changesets, null),
    ownAfter: (epoch, n, limit) => ownAfter(opened, epoch, n, limit),
    unsettled: async () => {
      await readOwn(opened)
      return [...opened.memory.own.values()]
    },
    markAcked: (epoch, n, quarantined) =>
      changing(opened, async (tables, state) => {
        for (const { n: at, reason } of quarantined) {
          await refuse(tables, [state.device, epoch, at], reason ?? 'invalid')
        }
        return state.runs.map((run) => (run.epoch === epoch ? { ...run, acked: n } : run))
      }),
    settle: (ids) => settle(opened, new Set(ids)),
    setReceipts: (receipts) =>
      changing(opened, async (tables, { device, runs }) => {
        for (const { epoch, n, status, reason } of receipts) {
          const refused = status === 'released' ? null : reason
          await refuse(tables, [device, epoch, n], refused)
        }
        return runs
      }),
    reissue: (end, first, epoch, changesets) => reissue(opened, end, { first, epoch }, changesets),
  }
}

/** What this enrolment has written of each record of an entity, whatever became of the dossiers. */
export async function authoredIn<E extends Entity>(
  opened: Opened,
  entity: E,
): Promise<readonly Authored<E>[]> {
  const { database, device } = opened
  const rows = await database.run('readonly', ['own'], ({ own }) => own.under([device]))
  const all = await Promise.all(rows.map((row) => changesetOf(opened, row)))
  const found = new Map<string, Authored<E>>()
  for (const { dossier, record, body } of all.filter((each) => each.entity === entity)) {
    const values = { ...found.get(record)?.values, ...valuesIn(body) } as Records[E]
    found.set(record, { dossier, id: record, values })
  }
  return [...found.values()]
}

function valuesIn(body: string): object {
  const { fields } = JSON.parse(body) as { readonly fields: Record<string, { value: unknown }> }
  return Object.fromEntries(Object.entries(fields).map(([name, { value }]) => [name, value]))
}

/** Marks own rows as contained in the server state; those in quarantine stay open. */
export async function close(
  tables: Pick<Tables<Rows>, 'own'>,
  rows: readonly OwnRow[],
): Promise<void> {
  for (const row of rows) {
    const now = await tables.own.get([row.device, row.epoch, row.n])
    if (now?.refused === null) await tables.own.put({ ...now, open: 0 })
  }
}

async function ownAfter(
  opened: Opened,
  epoch: number,
  n: number,
  limit: number,
): Promise<readonly OwnChangeset[]> {
  const rows = await opened.database.run('readonly', ['own'], ({ own }) =>
    own.after([opened.device, epoch, n], limit),
  )
  return Promise.all(rows.map((row) => changesetOf(opened, row)))
}

async function settle(opened: Opened, ids: ReadonlySet<string>): Promise<void> {
  await changing(opened, async (tables, { device, runs }) => {
    const open = await tables.own.where('open', [device, 1])
    await close(tables, open.filter(({ epoch, n }) => ids.has(`${device}.${epoch}.${n}`)))
    return runs
  })
}

async function reissue(
  opened: Opened,
  end: ChainEnd,
  { first, epoch }: { readonly first: number; readonly epoch: number },
  changesets: readonly OwnChangeset[],
): Promise<boolean> {
  const { device, memory } = opened
  const rows = await Promise.all(changesets.map((changeset) => ownRow(opened, changeset)))
  const kept = await Promise.all(
    memory.device.runs.map((run) => (run.epoch < first ? run : acknowledged(opened, run))),
  )
  const hash = changesets.at(-1)?.hash ?? FIRST_PREV
  let moved = false
  await changing(opened, async (tables, state) => {
    moved = !endsAt(state, end)
    if (moved) return state.runs
    for (const run of state.runs.filter((each) => each.epoch >= first)) {
      const gone = await tables.own.after([device, run.epoch, run.acked], run.n)
      for (const { n } of gone) await tables.own.delete([device, run.epoch, n])
    }
    for (const row of rows) await tables.own.put(row)
    // Number leases end with the epoch; the next hello brings those of the new one.
    for (const lease of await tables.lease.under([device])) {
      await tables.lease.put({ ...lease, live: false })
    }
    return [
      ...kept.filter(({ n }) => n > 0),
      { epoch, n: changesets.length, hash, acked: 0 },
    ]
  })
  await readLeases(opened)
  return !moved
}

/** The part of a run that the server holds, as a run of its own. */
async function acknowledged(opened: Opened, run: Run): Promise<Run> {
  if (run.acked === run.n || run.acked === 0) return { ...run, n: run.acked }
  const [last] = await ownAfter(opened, run.epoch, run.acked - 1, 1)
  return { ...run, n: run.acked, hash: present(last, 'the last acknowledged changeset').hash }
}

async function changing(
  opened: Opened,
  work: (tables: Tables<Rows>, state: DeviceState) => Promise<readonly Run[]>,
): Promise<void> {
  const { database, device } = opened
  await database.run('readwrite', ['device', 'own', 'lease'], async (tables) => {
    const state = present(await tables.device.get([device]), 'the device')
    await tables.device.put({ ...state, runs: await work(tables, state) })
  })
  const before = new Set([...opened.memory.own.values()].map(({ dossier }) => dossier))
  await readOwn(opened)
  opened.tell(before)
}

async function refuse(
  tables: Tables<Rows>,
  key: readonly [string, number, number],
  reason: string | null,
): Promise<void> {
  const row = await tables.own.get(key)
  if (row === undefined || row.refused === reason) return
  await tables.own.put({ ...row, open: reason === null ? row.open : 1, refused: reason })
}

async function advanced(tables: Tables<Rows>, device: string, pointer: Pointer): Promise<boolean> {
  const lease = await tables.lease.get([device, pointer.kind, pointer.year, pointer.first])
  if (lease === undefined || !lease.live || lease.next !== pointer.next) return false
  await tables.lease.put({ ...lease, next: lease.next + 1 })
  return true
}

function endsAt(state: DeviceState, { epoch, n }: ChainEnd): boolean {
  const run = lastRun(state)
  return run.epoch === epoch && run.n === n
}

async function ownRow(opened: Opened, changeset: OwnChangeset): Promise<OwnRow> {
  const { device, ciphers, ownKey } = opened
  const { epoch, n } = changeset
  const sealed = await sealJson(ciphers, ownKey, `own/${device}/${epoch}/${n}`, changeset)
  return { device, epoch, n, open: 1, refused: null, sealed }
}

/** Rows never change their words, so what memory holds need not be opened again. */
async function changesetOf(opened: Opened, row: OwnRow): Promise<OwnChangeset> {
  const { device, epoch, n, sealed } = row
  const known = opened.memory.own.get(`${device}.${epoch}.${n}`)
  if (known !== undefined) return withoutState(known)
  return unsealJson(opened.ciphers, opened.ownKey, `own/${device}/${epoch}/${n}`, sealed)
}

function withoutState({ refused: _, ...changeset }: Unsettled): OwnChangeset {
  return changeset
}
