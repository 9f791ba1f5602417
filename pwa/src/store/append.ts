/**
 * How words become durable: what is shown → what was seen → author → hash → sign → encrypt → ONE
 * transaction that re-checks the counter. One tab at a time, and never with the network.
 */

import {
  addsOf,
  author,
  type Draft,
  type FieldDraft,
  headsOf,
  lastRun,
  type MergeTable,
  type OwnChangeset,
  recordKey,
  recordView,
  type RecordView,
  ruleOf,
  type Signer,
  type Unsettled,
} from '@sync'

import { hex } from '@/adapters/random'

import { present } from './database'
import type { Opened } from './memory'
import { appendOwn, type Pointer, readLeases, readOwn } from './own'
import type { Entity, UnionEdit } from './types'

/** Runs work while no other tab of this origin runs work under the same name. */
export interface Locks {
  request<Value>(name: string, work: () => Promise<Value>): Promise<Value>
}

export interface AppendHost {
  readonly opened: Opened
  readonly signer: Signer
  readonly table: MergeTable
  readonly schema: number
  readonly locks: Locks
  /** UTC ms. */
  readonly now: () => number
}

/** `dossier` null opens one (GR4); `id` null is a new record. */
export interface Entry {
  readonly dossier: string | null
  readonly entity: Entity
  readonly id: string | null
  readonly fields: Readonly<Record<string, unknown>>
}

const ATTEMPTS = 20

/** Resolves with the changesets once they are on the disk. Rejects with BodyError or the disk's. */
export async function append(
  host: AppendHost,
  entries: readonly Entry[],
): Promise<readonly OwnChangeset[]> {
  if (entries.length === 0) return []
  return trying(host, async () => {
    const made = await authorAll(host, entries)
    return (await commit(host, made, null)) ? made : null
  })
}

/** Null where no live lease of the kind and year has a number left. */
export async function appendNumber(
  host: AppendHost,
  number: { dossier: string; kind: string; year: number; draft: string },
): Promise<OwnChangeset | null> {
  const { opened } = host
  const { dossier, kind, year, draft } = number
  const made = await trying(host, async () => {
    await readLeases(opened)
    const fitting = opened.memory.leases.filter((each) => each.kind === kind && each.year === year)
    const lease = fitting.find(({ live, next, last }) => live && next <= last)
    if (lease === undefined) return []
    const text = `${lease.prefix}${lease.next}${lease.suffix}`
    const fields = { kind, year, serial: lease.next, text, draft }
    const changesets = await authorAll(host, [{ dossier, entity: 'number', id: null, fields }])
    return (await commit(host, changesets, lease)) ? changesets : null
  })
  return made[0] ?? null
}

/** Null from `work` means that the chain has moved: read it anew and try again. */
async function trying<Value>(host: AppendHost, work: () => Promise<Value | null>): Promise<Value> {
  return host.locks.request('anxun-append', async () => {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      await catchUp(host.opened)
      const value = await work()
      if (value !== null) return value
    }
    throw new Error('the chain does not hold still')
  })
}

/** Another tab may have written since this one last looked. */
async function catchUp(opened: Opened): Promise<void> {
  const { database, device, memory } = opened
  const row = await database.run('readonly', ['device'], (tables) => tables.device.get([device]))
  memory.device = present(row, 'the device')
  const { epoch, n } = lastRun(memory.device)
  if (epoch !== memory.end.epoch || n !== memory.end.n) await readOwn(opened)
}

/** It must follow what it was authored upon; memory may have moved on since. */
async function commit(
  { opened }: AppendHost,
  made: readonly OwnChangeset[],
  pointer: Pointer | null,
): Promise<boolean> {
  const { epoch, n } = present(made[0], 'a changeset to append')
  return appendOwn(opened, { epoch, n: n - 1 }, made, pointer)
}

async function authorAll(
  host: AppendHost,
  entries: readonly Entry[],
): Promise<readonly OwnChangeset[]> {
  const { opened, signer, table, schema, now } = host
  const made: OwnChangeset[] = []
  let device = opened.memory.device
  for (const entry of entries) {
    const draft = draftOf(entry, viewWith(host, entry, made), table, schema)
    const random = hex(opened.ciphers.random(4))
    const authored = await author(signer, table, device, draft, now(), random)
    device = { ...device, ...authored.device }
    made.push(authored.changeset)
  }
  return made
}

/** What the author's screen shows, the earlier entries of the same act included. */
function viewWith(
  { opened, table }: AppendHost,
  { dossier, entity, id }: Entry,
  made: readonly OwnChangeset[],
): RecordView | null {
  if (dossier === null || id === null) return null
  const key = recordKey({ entity, record: id })
  const server = opened.memory.carried.get(dossier)?.records.get(key) ?? null
  const own = opened.memory.layers(dossier).get(key) ?? []
  const just: readonly Unsettled[] = made
    .filter((each) => each.dossier === dossier && recordKey(each) === key)
    .map((each) => ({ ...each, refused: null }))
  return recordView({ device: opened.device, table }, server, [...own, ...just])
}

function draftOf(entry: Entry, view: RecordView | null, table: MergeTable, schema: number): Draft {
  const fields = Object.entries(entry.fields).map(([name, value]) => {
    const union = ruleOf(table, entry.entity, name).rule === 'union'
    return [name, union ? unionDraft(value, view, name) : fieldDraft(value, view, name)] as const
  })
  const { dossier, entity, id } = entry
  return { dossier, entity, record: id, schema, fields: Object.fromEntries(fields) }
}

function fieldDraft(value: unknown, view: RecordView | null, name: string): FieldDraft {
  return { value: value as FieldDraft['value'], seen: headsOf(view, name) }
}

/** CS7. A list stands for its elements added: the natural way to write a new record. */
function unionDraft(value: unknown, view: RecordView | null, name: string): FieldDraft {
  const edit = Array.isArray(value) ? { add: value as string[] } : (value as UnionEdit)
  const removed = (edit.remove ?? []).map((element) => {
    return [element, addsOf(view, name, element)] as const
  })
  const add = edit.add === undefined ? {} : { add: edit.add }
  const remove = edit.remove === undefined ? {} : { remove: Object.fromEntries(removed) }
  return { value: { ...add, ...remove } }
}
