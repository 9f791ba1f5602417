/**
 * What a screen shows: the server's heads with own unsettled changesets laid over them.
 *
 * A refused (quarantined) changeset counts for nobody. Where the server knows the record, it
 * stays out of the values and is listed beside them. Where the server knows nothing of the
 * record, its author still sees his own words as he wrote them.
 */

import { compareHeads } from './clock'
import type { Time } from './clock'
import { byCodePoint, member } from './json'
import type { Json } from './json'
import { accept, acceptUnion, EMPTY, EMPTY_UNION, inConflict, shown } from './merge'
import type { Head, Register, UnionRegister } from './merge'
import { readId } from './names'
import { MAX_SEEN, readBody, readUnion } from './parse'
import type { Changeset } from './parse'
import type { Unsettled } from './ports'
import { ruleOf } from './rules'
import type { MergeTable } from './rules'
import type { ServerField, ServerRecord } from './server_state'

/** One head as a screen compares it; in CK5 order within a field. */
export interface HeadView {
  readonly id: string
  readonly time: Time
  readonly value: Json
  readonly own: boolean
  readonly accepted: boolean
}

/** A union's value is its elements in code point order, `adds` the live adds of each. */
export interface FieldView {
  readonly value: Json
  readonly heads: readonly HeadView[]
  readonly conflict: boolean
  readonly adds: ReadonlyMap<string, readonly string[]>
}

/** An own changeset in quarantine, with its reason (QU1). */
export interface Refused {
  readonly id: string
  readonly reason: string
  readonly fields: Changeset['fields']
}

export interface RecordView {
  readonly entity: string
  readonly record: string
  /** False where only this phone knows the record. */
  readonly accepted: boolean
  readonly fields: ReadonlyMap<string, FieldView>
  readonly refused: readonly Refused[]
}

/** Whose phone it is, and how fields merge. */
export interface Viewer {
  readonly device: string
  readonly table: MergeTable
}

/**
 * One record. `own`: the unsettled changesets of this record, in the order they were authored.
 * Null where neither layer knows it.
 */
export function recordView(
  viewer: Viewer,
  server: ServerRecord | null,
  own: readonly Unsettled[],
): RecordView | null {
  const first = server ?? own[0]
  if (first === undefined) return null
  const counted = own.filter(({ refused }) => server === null || refused === null)
  const layers = counted.map(({ body }) => readBody(body))
  const names = new Set([
    ...Object.keys(server?.fields ?? {}),
    ...layers.flatMap(({ fields }) => Object.keys(fields)),
  ])
  const { entity, record } = first
  const fields = [...names].map((name) => {
    const base = server === null ? undefined : member(server.fields, name)
    return [name, fieldView(viewer, entity, name, base, layers)] as const
  })
  return {
    entity,
    record,
    accepted: server !== null,
    fields: new Map(fields),
    refused: own.flatMap(refusal),
  }
}

/** CS6: what an edit of this field must name in `seen`; the oldest where there are more than 32. */
export function headsOf(view: RecordView | null, field: string): readonly string[] {
  const heads = view?.fields.get(field)?.heads ?? []
  return heads.slice(0, MAX_SEEN).map(({ id }) => id)
}

/** CS7: what a remove of this element must name. */
export function addsOf(view: RecordView | null, field: string, element: string): readonly string[] {
  return (view?.fields.get(field)?.adds.get(element) ?? []).slice(0, MAX_SEEN)
}

function refusal({ id, body, refused }: Unsettled): readonly Refused[] {
  return refused === null ? [] : [{ id, reason: refused, fields: readBody(body).fields }]
}

function fieldView(
  viewer: Viewer,
  entity: string,
  name: string,
  base: ServerField | undefined,
  layers: readonly Changeset[],
): FieldView {
  const rule = ruleOf(viewer.table, entity, name)
  if (rule.rule === 'union' || (base && 'union' in base)) return unionView(name, base, layers)
  const { heads } = layers.reduce(
    (register, layer) => laidOver(register, layer, name),
    base && 'heads' in base ? { ...EMPTY, heads: base.heads } : EMPTY,
  )
  return {
    value: shown(heads, rule)?.value ?? null,
    heads: [...heads].sort(compareHeads).map((head) => headView(head, viewer.device)),
    conflict: inConflict(heads),
    adds: new Map(),
  }
}

function laidOver(register: Register, layer: Changeset, name: string): Register {
  const edit = member(layer.fields, name)
  if (edit === undefined || register.heads.some(({ id }) => id === layer.id)) return register
  const { id, time } = layer
  return accept(register, { id, time, value: edit.value, seq: null }, edit.seen)
}

function headView({ id, time, value, seq }: Head, device: string): HeadView {
  return { id, time, value, own: readId(id)?.device === device, accepted: seq !== null }
}

function unionView(
  name: string,
  base: ServerField | undefined,
  layers: readonly Changeset[],
): FieldView {
  const start: UnionRegister =
    base && 'union' in base
      ? { ...EMPTY_UNION, adds: new Map(Object.entries(base.union)) }
      : EMPTY_UNION
  const { adds } = layers.reduce((register, { id, fields }) => {
    const edit = member(fields, name)
    return edit === undefined ? register : acceptUnion(register, id, readUnion(edit.value))
  }, start)
  return { value: [...adds.keys()].sort(byCodePoint), heads: [], conflict: false, adds }
}
