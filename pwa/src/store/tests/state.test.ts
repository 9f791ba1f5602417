/** The server's state on the phone: registers in packs, and two tabs that both would write it. */

import { webcrypto } from 'node:crypto'

import { afterAll, beforeAll, expect, test, vi } from 'vitest'

import type { SnapshotLine } from '@sync'

import { argon2 } from '@/adapters/argon2'
import { randomBytes } from '@/adapters/random'

import { accountsOf } from '../accounts'
import { portOf } from '../conversation'
import type { ChunkRow } from '../database'
import { tryPin } from '../enrolments'
import { beginSession, type Session } from '../session'
import { Stale } from '../state'
import {
  mergeTable,
  newProfile,
  openProfile,
  openStore,
  PIN,
  type Profile,
  QUICK_PIN,
  serverPair,
} from './phone'
import { type Reach, simulate, type Simulation } from './simulated'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const REGISTER = 'ref.enterprises.sim'
const TIME = '1780000000000-0000'

let server: Simulation
let reach: Reach
let profile: Profile

beforeAll(async () => {
  server = simulate()
  const { public: key } = await serverPair()
  reach = server.reach({ hpke_public: key, sign_public: key })
  profile = newProfile()
  const store = await openStore(profile, reach)
  await store.login('of_1', 'a password')
  await store.enrol(PIN, 'phone')
  store.close()
})

afterAll(() => server.end())

test('a register lies in packs of 500; a change rewrites its pack and no other', async () => {
  const session = await unlocked()
  const port = portOf(session.opened)
  await port.hold(REGISTER)
  const lines = Array.from({ length: 1_200 }, (_, index) => entry(index, `企业${index}`))
  for (const from of [0, 500, 1_000]) {
    const page = lines.slice(from, from + 500)
    const next = from === 1_000 ? null : `enterprise/${page.at(-1)?.record}`
    await port.applySnapshotPage(REGISTER, { timeline: 't', seq0: 1_200, lines: page, next })
  }
  const before = await chunks()
  expect(before.map(({ chunk }) => chunk)).toEqual(['pack-0', 'pack-1', 'pack-2'])

  await port.applyRows(REGISTER, [changeOf(700, '改了名')])
  const after = await chunks()
  const rewritten = after.filter(({ sealed }, at) => !same(sealed, before[at]?.sealed))
  expect(rewritten.map(({ chunk }) => chunk)).toEqual(['pack-1'])
  session.end()

  const { rows } = (await unlocked()).registers.register('enterprises', 'enterprise', 0)
  expect(rows.size).toBe(1_200)
  expect([rows.get('e700')?.name, rows.get('e701')?.name]).toEqual(['改了名', '企业701'])
})

test('a tab that missed a change of the state does not write over it', async () => {
  const [one, two] = [await unlocked(), await unlocked()]
  await portOf(one.opened).hold('ref.law.sim')
  await expect(portOf(two.opened).hold('ref.items.sim')).rejects.toThrow(Stale)
  const held = await portOf((await unlocked()).opened).readDossiers()
  const names = held.map(({ dossier }) => dossier)
  expect([names.includes('ref.law.sim'), names.includes('ref.items.sim')]).toEqual([true, false])
})

/** As the store does it, without anything that runs in the background. */
async function unlocked(): Promise<Session> {
  const database = await openProfile(profile)
  const subtle = webcrypto.subtle as SubtleCrypto
  const ciphers = { subtle, random: randomBytes, stretch: argon2 }
  const now = () => profile.wall.now
  const device = (await database.run('readonly', ['device'], (t) => t.device.under([])))[0]?.device
  const result = await tryPin({ ciphers, database, pinCost: QUICK_PIN, now }, device ?? '', PIN)
  if (!result.ok) throw new Error('wrong PIN')
  const nobody = { post: () => undefined, listen: () => () => undefined }
  const host = {
    ...{ ciphers, database, now, http: reach, locks: profile.locks, channel: nobody },
    signal: { present: () => true, onHint: () => () => undefined },
    timer: () => () => undefined,
    accounts: accountsOf(reach, () => true),
    ...{ table: mergeTable, schema: 1, memoryOnly: false },
    onTrouble: (error: unknown) => {
      throw error
    },
    changed: () => undefined,
  }
  const session = await beginSession(host, result.enrolment, result.identity)
  await session.whole()
  return session
}

function entry(index: number, name: string): SnapshotLine {
  const record = `s00000000000.1.${index + 1}.00000000`
  const id = `s00000000000.1.${index + 1}`
  const heads = [{ id, time: TIME, value: { id: `e${index}`, name } }]
  return { entity: 'enterprise', record, seq: index + 1, fields: { record: { heads } } }
}

function changeOf(index: number, name: string) {
  const { record } = entry(index, name)
  const head = { id: 's00000000000.1.1201', time: TIME, schema: 1, kind: 'system' }
  const fields = { record: { value: { id: `e${index}`, name } } }
  const body = { ...head, dossier: REGISTER, entity: 'enterprise', record, fields }
  return { seq: 1_201, body: JSON.stringify(body), received: 0, courier: '' }
}

async function chunks(): Promise<readonly ChunkRow[]> {
  const database = await openProfile(profile)
  const rows = await database.run('readonly', ['chunk'], ({ chunk }) => chunk.under([]))
  return rows.filter(({ dossier }) => dossier === REGISTER)
}

function same(one: Uint8Array, other: Uint8Array | undefined): boolean {
  return other !== undefined && Buffer.compare(one, other) === 0
}
