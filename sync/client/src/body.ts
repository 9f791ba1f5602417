/** How a body is written: only what CS3 allows can leave this file. */

import type { Time } from './clock'
import { isArray, isObject } from './json'
import type { Json, JsonObject } from './json'
import { parseBody } from './parse'
import { ruleOf } from './rules'
import type { MergeTable } from './rules'

/** A value no body can carry. `code` says which promise of the caller was broken. */
export class BodyError extends Error {
  constructor(
    readonly code: 'not_an_integer' | 'not_json' | 'invalid',
    detail: string,
  ) {
    super(`${code}: ${detail}`)
  }
}

export interface FieldDraft {
  readonly value: Json
  readonly seen?: readonly string[]
}

/** What a body says besides `kind`, which is `edit`: phones write nothing else (QU4). */
export interface BodyDraft {
  readonly id: string
  readonly time: Time
  readonly dossier: string
  readonly entity: string
  readonly record: string
  readonly schema: number
  readonly fields: { readonly [name: string]: FieldDraft }
}

/** The exact text that is stored, hashed and sent. Throws BodyError. */
export function writeBody(draft: BodyDraft, table: MergeTable): string {
  const { id, time, dossier, entity, record, schema } = draft
  const fields = Object.fromEntries(
    Object.entries(draft.fields).map(([name, field]) => [name, writeField(field)]),
  )
  const body = JSON.stringify({ id, time, dossier, entity, record, schema, kind: 'edit', fields })
  const parsed = parseBody(body, id, table)
  if (!parsed.valid) throw new BodyError('invalid', parsed.why)
  return body
}

/**
 * An input value as a body may carry it: U+0000 and lone surrogates are stripped from strings and
 * keys. Throws BodyError for a fraction, an integer beyond 2^53−1 and whatever JSON cannot say.
 */
export function clean(value: unknown): Json {
  if (value === null || typeof value === 'boolean') return value
  if (typeof value === 'string') return cleanText(value)
  if (typeof value === 'number') return cleanNumber(value)
  if (Array.isArray(value)) return value.map(clean)
  if (typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [cleanText(k), clean(v)]))
  }
  throw new BodyError('not_json', typeof value)
}

/** CS11: a body under its new id; every id in `seen` and `remove` that was re-issued is renamed. */
export function renameIds(
  body: string,
  id: string,
  renamed: ReadonlyMap<string, string>,
  table: MergeTable,
): string {
  const raw = JSON.parse(body) as Record<string, Json> & { entity: string; fields: JsonObject }
  const fields = Object.entries(raw.fields).map(([name, field]) => {
    const union = ruleOf(table, raw.entity, name).rule === 'union'
    return [name, isObject(field) ? renameField(field, renamed, union) : field] as const
  })
  return JSON.stringify({ ...raw, id, fields: Object.fromEntries(fields) })
}

const FORBIDDEN =
  /\0|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g

function cleanText(text: string): string {
  return text.replace(FORBIDDEN, '')
}

function cleanNumber(value: number): number {
  if (!Number.isSafeInteger(value)) throw new BodyError('not_an_integer', String(value))
  return value === 0 ? 0 : value
}

function writeField({ value, seen }: FieldDraft): { value: Json; seen?: readonly string[] } {
  const cleaned = clean(value)
  return seen === undefined || seen.length === 0 ? { value: cleaned } : { value: cleaned, seen }
}

function renameField(
  field: JsonObject,
  renamed: ReadonlyMap<string, string>,
  union: boolean,
): JsonObject {
  const { value = null, seen } = field
  return {
    ...field,
    value: union ? renameRemoved(value, renamed) : value,
    ...(seen === undefined ? {} : { seen: renameList(seen, renamed) }),
  }
}

function renameRemoved(value: Json, renamed: ReadonlyMap<string, string>): Json {
  if (!isObject(value) || !isObject(value.remove)) return value
  const remove = Object.entries(value.remove).map(
    ([element, adds]) => [element, renameList(adds, renamed)] as const,
  )
  return { ...value, remove: Object.fromEntries(remove) }
}

function renameList(ids: Json, renamed: ReadonlyMap<string, string>): Json {
  if (!isArray(ids)) return ids
  return ids.map((id) => (typeof id === 'string' ? (renamed.get(id) ?? id) : id))
}
