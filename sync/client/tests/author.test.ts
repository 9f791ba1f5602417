import { expect, test } from 'vitest'
import { author, FIRST_PREV, headText, linkHash, readBody, reissueAll } from '../src/index'
import type { DeviceState, Draft, MergeTable } from '../src/index'
import { newKeys, verifies } from './keys'

const keys = await newKeys()
const NOW = 1_789_696_440_000
const TABLE: MergeTable = {
  entities: { finding: { creator: 'anyone', fields: { basis: { rule: 'union' } } } },
}
const FRESH: DeviceState = {
  device: 'a3f9k2m7qx1c',
  timeline: '0f5c2e7a9b314d60',
  time: null,
  runs: [{ epoch: 1, n: 0, hash: FIRST_PREV, acked: 0 }],
}
const OPENING: Draft = {
  dossier: null,
  entity: 'dossier',
  record: null,
  schema: 1,
  fields: { kind: { value: 'inspection' } },
}

function write(device: DeviceState, draft: Draft, now = NOW): ReturnType<typeof author> {
  return author(keys, TABLE, device, draft, now, '5c0e91d2')
}

test('[GR4] a new dossier is named after the changeset that opens it', async () => {
  const { changeset } = await write(FRESH, OPENING)
  expect(changeset.record).toBe('a3f9k2m7qx1c.1.1.5c0e91d2')
  expect(changeset.dossier).toBe(changeset.record)
  expect(readBody(changeset.body)).toMatchObject({ id: 'a3f9k2m7qx1c.1.1', kind: 'edit' })
})

test('[CS9] [CS10] two changesets of one act are linked and signed', async () => {
  const first = await write(FRESH, OPENING)
  const { dossier } = first.changeset
  const second = await write(first.device, { ...OPENING, dossier, entity: 'finding' })
  const { id, body, hash, signature, time } = second.changeset
  expect(id).toBe('a3f9k2m7qx1c.1.2')
  expect(hash).toBe(await linkHash(keys, id, first.changeset.hash, body))
  expect(await verifies(keys.publicKey, headText(id, hash), signature)).toBe(true)
  expect([first.changeset.time, time]).toEqual(['1789696440000-0000', '1789696440000-0001'])
  expect(second.device.runs).toEqual([{ epoch: 1, n: 2, hash, acked: 0 }])
})

test('[CK2] a clock set back does not turn the order round', async () => {
  const first = await write(FRESH, OPENING)
  const second = await write(first.device, OPENING, NOW - 86_400_000)
  expect(second.changeset.time > first.changeset.time).toBe(true)
})

test('[CS11] after a fork records keep their names, ids in seen and remove change', async () => {
  const first = await write(FRESH, OPENING)
  const { dossier } = first.changeset
  const mine = first.changeset.id
  const other = 'b8t4w6n2zr5h.1.1'
  const second = await write(first.device, {
    ...OPENING,
    dossier,
    entity: 'finding',
    fields: {
      problem: { value: { remove: { x: [mine] } }, seen: [other, mine] },
      basis: { value: { add: ['y'], remove: { x: [mine, other] } } },
    },
  })
  const old = [first.changeset, second.changeset]
  const [again, next] = await reissueAll(keys, TABLE, FRESH.device, 3, old)
  if (again === undefined || next === undefined) throw new Error('two were given')
  expect([again.id, next.id]).toEqual(['a3f9k2m7qx1c.3.1', 'a3f9k2m7qx1c.3.2'])
  expect([again.record, next.time]).toEqual([dossier, second.changeset.time])
  const { problem, basis } = readBody(next.body).fields
  expect(problem).toEqual({ value: { remove: { x: [mine] } }, seen: [other, again.id] })
  expect(basis?.value).toEqual({ add: ['y'], remove: { x: [again.id, other] } })
  expect(next.hash).toBe(await linkHash(keys, next.id, again.hash, next.body))
  const text = headText(next.id, next.hash)
  expect(await verifies(keys.publicKey, text, next.signature)).toBe(true)
})

test('[CS11] members an older app does not know survive a new epoch', async () => {
  const { changeset } = await write(FRESH, OPENING)
  const body = changeset.body.replace('"schema":1', '"schema":7,"newer":{"deep":[null,"𫖮"]}')
  const [again] = await reissueAll(keys, TABLE, FRESH.device, 2, [{ ...changeset, body }])
  expect(again?.body).toBe(body.replace('a3f9k2m7qx1c.1.1"', 'a3f9k2m7qx1c.2.1"'))
})
