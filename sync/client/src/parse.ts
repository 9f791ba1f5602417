/** Strict reading of a body (CS1–CS7). What needs the log (CS5 second sentence) is the server's. */

import { isTime } from './clock'
import type { Time } from './clock'
import { isArray, isObject, Malformed, member, readJson } from './json'
import type { Json, JsonObject } from './json'
import { isDossierName, isName, isRecordName, readId } from './names'
import { ruleOf } from './rules'
import type { MergeTable } from './rules'

/** One field of a changeset: a value, and the heads its author's screen was built from (CS6). */
export interface FieldEdit {
  readonly value: Json
  readonly seen: readonly string[]
}

export interface Changeset {
  readonly id: string
  readonly time: Time
  readonly dossier: string
  readonly entity: string
  readonly record: string
  readonly schema: number
  readonly kind: 'edit' | 'system'
  readonly fields: { readonly [name: string]: FieldEdit }
}

/** CS7: what a union field's value says; each remove names the adds it observed. */
export interface UnionEdit {
  readonly add: readonly string[]
  readonly remove: readonly (readonly [element: string, adds: readonly string[]])[]
}

export type Parsed =
  | { readonly valid: true; readonly changeset: Changeset }
  | { readonly valid: false; readonly why: string }

export const MAX_BODY_BYTES = 262_144
export const MAX_FIELDS = 256
export const MAX_SEEN = 32
const MAX_ELEMENT = 512

/** CS3, CS4, CS7: a body is valid, or the reason why not. `id` is the one its run gives it. */
export function parseBody(body: string, id: string, table: MergeTable): Parsed {
  try {
    if (utf8Length(body) > MAX_BODY_BYTES) throw new Malformed('body too long')
    const changeset = strictChangeset(readJson(body))
    if (changeset.id !== id) throw new Malformed('id of another run')
    checkValues(changeset, table)
    return { valid: true, changeset }
  } catch (error) {
    if (error instanceof Malformed) return { valid: false, why: error.message }
    throw error
  }
}

/** A body that was judged before: by its author here, or by the server that forwards it. */
export function readBody(body: string): Changeset {
  const raw = JSON.parse(body) as Omit<Changeset, 'fields'> & {
    readonly fields: { readonly [name: string]: { value: Json; seen?: readonly string[] } }
  }
  const fields = Object.entries(raw.fields).map(
    ([name, { value, seen }]) => [name, { value, seen: seen ?? [] }] as const,
  )
  return { ...raw, fields: Object.fromEntries(fields) }
}

/** The value of a union field. Throws Malformed where it is not of CS7's form. */
export function readUnion(value: Json): UnionEdit {
  if (!isObject(value) || !Object.keys(value).every((key) => key === 'add' || key === 'remove')) {
    throw new Malformed('union value')
  }
  const add = strings(optional(value, 'add', []), isElement)
  const removed = optional(value, 'remove', {})
  if (!isObject(removed)) throw new Malformed('remove')
  const remove = Object.entries(removed).map(([element, adds]) => {
    if (!isElement(element)) throw new Malformed('element')
    return [element, ids(adds)] as const
  })
  return { add, remove }
}

/** Bytes of a text in UTF-8. */
export function utf8Length(text: string): number {
  let bytes = 0
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
  }
  return bytes
}

function strictChangeset(json: Json): Changeset {
  if (!isObject(json)) throw new Malformed('not an object')
  const kind = text(json, 'kind', (value) => value === 'edit' || value === 'system')
  return {
    id: text(json, 'id', (value) => readId(value) !== null),
    time: text(json, 'time', isTime),
    dossier: text(json, 'dossier', isDossierName),
    entity: text(json, 'entity', isName),
    record: text(json, 'record', isRecordName),
    schema: schemaOf(json),
    kind: kind === 'edit' ? 'edit' : 'system',
    fields: fieldsOf(json),
  }
}

function text(json: JsonObject, name: string, allowed: (value: string) => boolean): string {
  const value = member(json, name)
  if (typeof value !== 'string' || !allowed(value)) throw new Malformed(name)
  return value
}

function schemaOf(json: JsonObject): number {
  const schema = member(json, 'schema')
  if (typeof schema !== 'number' || schema < 1) throw new Malformed('schema')
  return schema
}

function fieldsOf(json: JsonObject): Changeset['fields'] {
  const fields = member(json, 'fields')
  if (!isObject(fields)) throw new Malformed('fields')
  const entries = Object.entries(fields)
  if (entries.length < 1 || entries.length > MAX_FIELDS) throw new Malformed('number of fields')
  return Object.fromEntries(entries.map(([name, edit]) => [name, fieldEdit(name, edit)]))
}

function fieldEdit(name: string, edit: Json): FieldEdit {
  if (!isName(name) || !isObject(edit)) throw new Malformed('field')
  const value = member(edit, 'value')
  if (value === undefined) throw new Malformed('field without value')
  return { value, seen: ids(optional(edit, 'seen', [])) }
}

/** A member left out; one that is null is something else. */
function optional(json: JsonObject, name: string, absent: Json): Json {
  const value = member(json, name)
  return value === undefined ? absent : value
}

function ids(value: Json): readonly string[] {
  const list = strings(value, (id) => readId(id) !== null)
  if (list.length > MAX_SEEN) throw new Malformed('too many ids')
  return list
}

function strings(value: Json, allowed: (item: string) => boolean): readonly string[] {
  if (!isArray(value)) throw new Malformed('list')
  return value.map((item) => {
    if (typeof item !== 'string' || !allowed(item)) throw new Malformed('list item')
    return item
  })
}

function isElement(element: string): boolean {
  const length = [...element].length
  return length >= 1 && length <= MAX_ELEMENT
}

function checkValues(changeset: Changeset, table: MergeTable): void {
  for (const [name, { value }] of Object.entries(changeset.fields)) {
    const { rule } = ruleOf(table, changeset.entity, name)
    if (rule === 'union') readUnion(value)
    if (rule === 'group' && !isObject(value)) throw new Malformed('group')
  }
}
