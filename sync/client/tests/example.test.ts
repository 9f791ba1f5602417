/** One inspection with two phones, worked out by hand. */

import { expect, test } from 'vitest'
import { applyRows, digestOf, headText, linkHash, recordView } from '../src/index'
import type { Json, MergeTable, Row, ServerRecord, SnapshotLine } from '../src/index'
import { newKeys, sha256, verifies } from './keys'
import { vectors } from './vectors'

interface Given {
  readonly items: readonly { readonly id: string; readonly prev: string; readonly body: string }[]
  readonly public_keys: Readonly<Record<string, string>>
  readonly heads: readonly Readonly<Record<'id' | 'hash' | 'signature', string>>[]
  readonly table: MergeTable
  readonly rows: readonly Row[]
  readonly record: string
}

interface Expect {
  readonly hashes: readonly string[]
  readonly body_sha256: readonly string[]
  readonly shown: Readonly<Record<string, Json>>
  readonly conflict: Readonly<Record<string, boolean>>
  readonly lines: readonly SnapshotLine[]
  readonly count: number
  readonly digest: string
}

const { cases } = vectors<Given, Expect>('example')
const signer = await newKeys()

function example(name: string): { given: Given; expected: Expect } {
  const found = cases.find((each) => each.name === name)
  if (found === undefined) throw new Error(`no case ${name}`)
  return { given: found.given, expected: found.expect }
}

function replayed(rows: readonly Row[]): readonly ServerRecord[] {
  return [...applyRows(() => undefined, 0, rows).values()]
}

test('[CS9] the links', async () => {
  const { given, expected } = example('links')
  const hashes = given.items.map(({ id, prev, body }) => linkHash(signer, id, prev, body))
  expect(await Promise.all(hashes)).toEqual(expected.hashes)
  const bodies = given.items.map(({ body }) => sha256(body))
  expect(await Promise.all(bodies)).toEqual(expected.body_sha256)
})

test('[CS10] the signatures', async () => {
  const { given } = example('signatures')
  for (const { id, hash, signature } of given.heads) {
    const key = given.public_keys[id.split('.')[0] ?? ''] ?? ''
    expect(await verifies(key, headText(id, hash), signature)).toBe(true)
  }
})

test.each([5, 6])('[MG4] the finding after seq %i', (seq) => {
  const { given, expected } = example(`the finding after seq ${seq}`)
  const record = replayed(given.rows).find((each) => each.record === given.record) ?? null
  const view = recordView({ device: 'b8t4w6n2zr5h', table: given.table }, record, [])
  const fields = [...(view?.fields ?? [])]
  const values = fields.map(([name, { value }]) => [name, value])
  expect(Object.fromEntries(values)).toEqual(expected.shown)
  const conflicts = fields.map(([name, { conflict }]) => [name, conflict])
  expect(Object.fromEntries(conflicts)).toEqual(expected.conflict)
})

test('[LG7] rows and a snapshot give the same records', () => {
  const { given, expected } = example('snapshot after seq 5')
  const records = [...replayed(given.rows)].sort((a, b) => (a.entity < b.entity ? -1 : 1))
  expect(records).toEqual(expected.lines)
})

test('[LG8] the check', async () => {
  const { given, expected } = example('check after seq 6')
  const { count, digest } = expected
  expect(await digestOf(signer, replayed(given.rows))).toEqual({ count, digest })
})
