import { describe, expect, test } from 'vitest'
import { accept, acceptUnion, EMPTY, EMPTY_UNION, inConflict, shown } from '../src/index'
import { applyRows, effectiveTime, readUnion, recordKey, recordView, ruleOf } from '../src/index'
import type { Changeset, FieldEdit, Json, MergeTable, Row, ServerRecord } from '../src/index'
import type { HeadsAfter } from '../src/index'
import { titled, vectors } from './vectors'

interface LogRow extends Omit<Changeset, 'fields'> {
  readonly fields: Readonly<Record<string, { value: Json; seen?: readonly string[] }>>
  readonly seq: number
  readonly received: number
  readonly effective?: string
}

interface Given {
  readonly table: MergeTable
  readonly log: readonly LogRow[]
}

interface Expect {
  readonly heads: Readonly<Record<string, readonly string[] | Record<string, readonly string[]>>>
  readonly shown: Readonly<Record<string, Json>>
  readonly conflict: Readonly<Record<string, boolean>>
  readonly heads_after: readonly HeadsAfter[]
}

type Edited = LogRow & { readonly edit: FieldEdit }

const cases = ['merge', 'union'].flatMap((name) => vectors<Given, Expect>(name).cases)

function editsOf(log: readonly LogRow[], name: string): readonly Edited[] {
  return log.flatMap((row) => {
    if (!Object.hasOwn(row.fields, name)) return []
    const { value = null, seen = [] } = row.fields[name] ?? {}
    return [{ ...row, edit: { value, seen } }]
  })
}

function merged(log: readonly LogRow[], table: MergeTable, name: string): object {
  const edits = editsOf(log, name)
  const rule = ruleOf(table, log[0]?.entity ?? '', name)
  if (rule.rule === 'union') {
    const { adds } = edits.reduce(
      (register, { id, edit }) => acceptUnion(register, id, readUnion(edit.value)),
      EMPTY_UNION,
    )
    return { heads: Object.fromEntries(adds), conflict: false, elements: [...adds.keys()].sort() }
  }
  const { heads } = edits.reduce(
    (register, { id, time, received, seq, edit: { value, seen } }) =>
      accept(register, { id, time: effectiveTime(time, received), value, seq }, seen),
    EMPTY,
  )
  return {
    heads: heads.map(({ id }) => id).sort(),
    shown: shown(heads, rule)?.value ?? null,
    conflict: inConflict(heads),
  }
}

function replayed({ log, table }: Given, after: readonly HeadsAfter[]): ServerRecord {
  const rows: Row[] = log.map(({ seq, received, effective, ...body }, index) => ({
    seq,
    received,
    courier: 'a3f9k2m7qx1c',
    body: JSON.stringify(body),
    heads_after: after[index] ?? {},
    ...(effective === undefined ? {} : { effective }),
  }))
  const records = applyRows(() => undefined, 0, rows)
  expect([...records.keys()]).toEqual([recordKey(log[0] ?? { entity: '', record: '' })])
  const record = [...records.values()][0]
  if (record === undefined) throw new Error(`empty log for ${JSON.stringify(table)}`)
  return record
}

describe('a log merged changeset by changeset', () => {
  test.each(titled(cases))('%s', (_, { given, expect: expected }) => {
    for (const [name, heads] of Object.entries(expected.heads)) {
      const found = merged(given.log, given.table, name)
      const conflict = expected.conflict[name]
      if (Array.isArray(heads)) {
        expect(found).toEqual({ heads, conflict, shown: expected.shown[name] })
      } else {
        const elements = [...(expected.shown[name] as string[])].sort()
        expect(found).toEqual({ heads, conflict, elements })
      }
    }
  })
})

describe('[LG5] the same log as rows with heads_after', () => {
  test.each(titled(cases))('%s', (_, { given, expect: expected }) => {
    const record = replayed(given, expected.heads_after)
    const view = recordView({ device: 'a3f9k2m7qx1c', table: given.table }, record, [])
    for (const [name, heads] of Object.entries(expected.heads)) {
      const field = view?.fields.get(name)
      expect(field?.value).toEqual(expected.shown[name])
      expect(field?.conflict).toBe(expected.conflict[name])
      const found = Array.isArray(heads)
        ? field?.heads.map(({ id }) => id).sort()
        : Object.fromEntries(field?.adds ?? [])
      expect(found).toEqual(heads)
    }
  })
})
