/**
 * The lower layer of a replica: what the server says. Heads are taken from rows and snapshot
 * lines as they stand and never computed from history (LG5).
 */

import { laterTime } from './clock'
import type { Time } from './clock'
import { member } from './json'
import type { Head } from './merge'
import { readBody } from './parse'
import type { HeadsAfter, Row, SnapshotLine } from './wire'

export type ServerField =
  | { readonly heads: readonly Head[] }
  | { readonly union: { readonly [element: string]: readonly string[] } }

/** `seq`: the row after which the record stands so. */
export interface ServerRecord {
  readonly entity: string
  readonly record: string
  readonly seq: number
  readonly fields: { readonly [name: string]: ServerField }
}

/** A row that does not fit what is held; the dossier must be taken anew by snapshot. */
export class ReplicaError extends Error {}

/** One record of a dossier as a key. */
export function recordKey({ entity, record }: { entity: string; record: string }): string {
  return `${entity}/${record}`
}

/** The records touched by rows of one page, in their new state; `cursor` is the last seq held. */
export function applyRows(
  held: (key: string) => ServerRecord | undefined,
  cursor: number,
  rows: readonly Row[],
): ReadonlyMap<string, ServerRecord> {
  const changed = new Map<string, ServerRecord>()
  let expected = cursor
  for (const row of rows) {
    expected += 1
    if (row.seq !== expected) throw new ReplicaError(`row ${row.seq} where ${expected} follows`)
    const key = recordKey(readBody(row.body))
    const next = applyRow(changed.get(key) ?? held(key), row)
    if (next !== null) changed.set(key, next)
  }
  return changed
}

/** LG7: a snapshot line as a record; null where the phone holds that state or a later one. */
export function applyLine(held: ServerRecord | undefined, line: SnapshotLine): ServerRecord | null {
  if (held !== undefined && held.seq >= line.seq) return null
  const fields = Object.entries(line.fields).map(([name, field]) => {
    if ('union' in field) return [name, field] as const
    return [name, { heads: field.heads.map((head) => ({ seq: line.seq, ...head })) }] as const
  })
  return { ...line, fields: Object.fromEntries(fields) }
}

/** CK4: the latest effective time in rows. */
export function observedInRows(rows: readonly Row[]): Time | null {
  return rows.reduce<Time | null>(
    (last, row) => laterTime(last, row.effective ?? readBody(row.body).time),
    null,
  )
}

/** CK4: the latest effective time in snapshot lines. */
export function observedInLines(lines: readonly SnapshotLine[]): Time | null {
  const heads = lines.flatMap(({ fields }) =>
    Object.values(fields).flatMap((field) => ('heads' in field ? field.heads : [])),
  )
  return heads.reduce<Time | null>((last, { time }) => laterTime(last, time), null)
}

/** Null for a row that a snapshot page already contained. */
function applyRow(held: ServerRecord | undefined, row: Row): ServerRecord | null {
  if (held !== undefined && held.seq >= row.seq) return null
  const { id, time, entity, record, fields } = readBody(row.body)
  const touched = Object.entries(fields).map(([name, { value }]) => {
    const head = { id, time: row.effective ?? time, value, seq: row.seq }
    const before = held && member(held.fields, name)
    return [name, fieldAfter(before, head, member(row.heads_after ?? {}, name))] as const
  })
  return {
    entity,
    record,
    seq: row.seq,
    fields: { ...held?.fields, ...Object.fromEntries(touched) },
  }
}

function fieldAfter(
  before: ServerField | undefined,
  head: Head,
  after: HeadsAfter[string] | undefined,
): ServerField {
  if (after === undefined) return { heads: [head] }
  if (isList(after)) return { heads: after.map((id) => headNamed(id, before, head)) }
  return { union: unionAfter(before && 'union' in before ? before.union : {}, after) }
}

function isList(after: HeadsAfter[string]): after is readonly string[] {
  return Array.isArray(after)
}

function headNamed(id: string, before: ServerField | undefined, head: Head): Head {
  if (id === head.id) return head
  const known = before && 'heads' in before ? before.heads.find((other) => other.id === id) : null
  if (!known) throw new ReplicaError(`head ${id} is not held`)
  return known
}

function unionAfter(
  before: { readonly [element: string]: readonly string[] },
  touched: { readonly [element: string]: readonly string[] },
): { readonly [element: string]: readonly string[] } {
  const merged = new Map([...Object.entries(before), ...Object.entries(touched)])
  return Object.fromEntries([...merged].filter(([, adds]) => adds.length > 0))
}
