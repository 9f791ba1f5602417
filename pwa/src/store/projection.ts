/** What screens read: records as they are shown, made when asked for and kept until they change. */

import {
  inConflict,
  type MergeTable,
  recordKey,
  recordView,
  type RecordView,
  type ServerRecord,
} from '@sync'

import type { Records } from '@contract/records'

import { isRegister, type Memory } from './memory'
import type { Entity, Place, Shown } from './types'

export interface Projection {
  /** Of both layers; of one kind, where that is asked. Registers are none. */
  dossiers(kind?: string): readonly string[]
  records<E extends Entity>(dossier: string, entity: E): readonly Shown<E>[]
  record<E extends Entity>(dossier: string, entity: E, id: string): Shown<E> | null
  /** Registers that stand in conflict, over all dossiers. */
  conflicts(): number
  /** Own changesets in quarantine. */
  held(): number
  /** What was made of these dossiers is no longer true. */
  forget(dossiers: Iterable<string>): void
}

interface Made {
  readonly shown: Map<string, Shown | null>
  readonly lists: Map<string, readonly Shown[]>
  conflicts: number | null
}

/** `sending`: whether own words are on their way at this moment. */
export function projectionOf(
  memory: Memory,
  table: MergeTable,
  sending: () => boolean,
): Projection {
  const made = new Map<string, Made>()
  const viewer = { device: memory.device.device, table }
  const ofDossier = (dossier: string): Made => {
    const known = made.get(dossier) ?? { shown: new Map(), lists: new Map(), conflicts: null }
    made.set(dossier, known)
    return known
  }

  const show = (dossier: string, key: string): Shown | null => {
    const { shown } = ofDossier(dossier)
    const known = shown.get(key)
    if (known !== undefined) return known
    const view = viewOf(memory, viewer, dossier, key)
    const fresh = view && shownOf(dossier, view, placeOf(memory, dossier, key, view, sending()))
    shown.set(key, fresh)
    return fresh
  }

  const list = (dossier: string, entity: Entity): readonly Shown[] => {
    const { lists } = ofDossier(dossier)
    const known = lists.get(entity)
    if (known !== undefined) return known
    const keys = keysOf(memory, dossier).filter((key) => key.startsWith(`${entity}/`))
    const all = keys.flatMap((key) => show(dossier, key) ?? [])
    const sorted = all.sort((a, b) => a.created - b.created || (a.id < b.id ? -1 : 1))
    lists.set(entity, sorted)
    return sorted
  }

  const conflictsIn = (dossier: string): number => {
    const known = ofDossier(dossier)
    known.conflicts ??= keysOf(memory, dossier)
      .filter((key) => mayConflict(memory, dossier, key))
      .reduce((sum, key) => sum + (show(dossier, key)?.conflicts.length ?? 0), 0)
    return known.conflicts
  }

  const dossiers = () => [...memory.dossiers()].filter((dossier) => !isRegister(dossier)).sort()

  return {
    dossiers: (kind) =>
      dossiers().filter((dossier) => {
        const opening = kind === undefined ? null : show(dossier, `dossier/${dossier}`)
        return kind === undefined || kindOf(opening) === kind
      }),
    records: <E extends Entity>(dossier: string, entity: E) =>
      list(dossier, entity) as readonly Shown<E>[],
    record: <E extends Entity>(dossier: string, entity: E, id: string) =>
      show(dossier, recordKey({ entity, record: id })) as Shown<E> | null,
    conflicts: () => dossiers().reduce((sum, dossier) => sum + conflictsIn(dossier), 0),
    held: () => [...memory.own.values()].filter(({ refused }) => refused !== null).length,
    forget: (changed) => {
      for (const dossier of changed) made.delete(dossier)
    },
  }
}

/** One record of both layers; null where neither knows it. */
export function viewOf(
  memory: Memory,
  viewer: { readonly device: string; readonly table: MergeTable },
  dossier: string,
  key: string,
): RecordView | null {
  const server = memory.carried.get(dossier)?.records.get(key) ?? null
  return recordView(viewer, server, memory.layers(dossier).get(key) ?? [])
}

function shownOf(dossier: string, view: RecordView, place: Place): Shown {
  const fields = [...view.fields].map(([name, { value, conflict, heads }]) => {
    return [name, { value, conflict, heads }] as const
  })
  const values = Object.fromEntries(fields.map(([name, { value }]) => [name, value]))
  return {
    dossier,
    entity: view.entity as Entity,
    id: view.record,
    values: values as Records[Entity],
    fields: Object.fromEntries(fields),
    conflicts: fields.filter(([, { conflict }]) => conflict).map(([name]) => name),
    place,
    held: view.refused[0]?.reason ?? null,
    device: view.record.split('.')[0] ?? '',
    created: createdAt(view),
  }
}

/**
 * UTC ms of the creating changeset where one of its values still stands (always, when the record
 * is sealed); else of the oldest value that stands.
 */
function createdAt({ record, fields }: RecordView): number {
  const heads = [...fields.values()].flatMap((field) => field.heads)
  const creator = record.slice(0, record.lastIndexOf('.'))
  const first = heads.filter(({ id }) => id === creator)
  const times = (first.length > 0 ? first : heads).map(({ time }) => Number(time.slice(0, 13)))
  return times.length > 0 ? Math.min(...times) : 0
}

function placeOf(
  memory: Memory,
  dossier: string,
  key: string,
  view: RecordView,
  sending: boolean,
): Place {
  if (view.refused.length > 0) return 'held'
  const acked = new Map(memory.device.runs.map((run) => [run.epoch, run.acked]))
  const own = memory.layers(dossier).get(key) ?? []
  const unsent = own.some(({ epoch, n }) => n > (acked.get(epoch) ?? 0))
  if (!unsent) return 'server'
  return sending ? 'sending' : 'phone'
}

function keysOf(memory: Memory, dossier: string): string[] {
  const server = memory.carried.get(dossier)?.records.keys() ?? []
  return [...new Set([...server, ...memory.layers(dossier).keys()])]
}

/** A cheap look that spares building every record only to count. */
function mayConflict(memory: Memory, dossier: string, key: string): boolean {
  const server = memory.carried.get(dossier)?.records.get(key)
  return memory.layers(dossier).has(key) || (server !== undefined && hasRivals(server))
}

function hasRivals({ fields }: ServerRecord): boolean {
  return Object.values(fields).some((field) => 'heads' in field && inConflict(field.heads))
}

function kindOf(opening: Shown | null): unknown {
  return opening?.fields.kind?.value
}
