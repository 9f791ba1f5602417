/** Stores against the real log: convergence, conflict, revocation, a restored server. */

import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'

import type { Store } from '../index'
import { newProfile, openProfile, openStore, PIN, type Profile, serverPair } from './phone'
import { type Reach, type ServerKeys, simulate, type Simulation } from './simulated'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let server: Simulation
let keys: ServerKeys

beforeAll(async () => {
  server = simulate()
  const { public: key } = await serverPair()
  keys = { hpke_public: key, sign_public: key }
})

afterAll(() => server.end())

beforeEach(async () => {
  await server.ask('reset', { seed: 1 })
})

interface Phone {
  readonly store: Store
  readonly reach: Reach
  readonly profile: Profile
}

async function phoneOf(officer: string, memoryOnly = false): Promise<Phone> {
  const profile = newProfile()
  const reach = server.reach(keys)
  const store = await openStore(profile, reach, { memoryOnly })
  await store.login(officer, 'a password')
  await store.enrol(PIN, 'phone')
  await store.sync()
  return { store, reach, profile }
}

async function officeOpens(...officers: string[]): Promise<string> {
  const { dossier } = await server.ask('open', { officers })
  return dossier as string
}

async function reopened({ profile, reach }: Phone): Promise<Store> {
  const store = await openStore(profile, reach)
  expect(await store.unlock(PIN)).toEqual({ ok: true })
  return store
}

function problems(store: Store, dossier: string): unknown[] {
  return store.records(dossier, 'finding').map(({ values }) => values.problem)
}

test('GR2 a dossier of the office arrives whole at every officer it is granted to', async () => {
  const dossier = await officeOpens('of_1', 'of_2')
  const [one, two] = [await phoneOf('of_1'), await phoneOf('of_2')]
  expect(one.store.dossiers()).toEqual([dossier])
  expect(one.store.dossiers('inspection')).toEqual([dossier])
  expect(one.store.dossiers('complaint')).toEqual([])

  const fields = { problem: '报警器关闭', basis: ['a', 'b'] }
  const [finding] = await one.store.append([{ dossier, entity: 'finding', fields }])
  expect(one.store.record(dossier, 'finding', finding ?? '')?.place).toBe('phone')
  await one.store.sync()
  expect(one.store.record(dossier, 'finding', finding ?? '')?.place).toBe('server')
  await two.store.sync()
  expect(two.store.record(dossier, 'finding', finding ?? '')?.values).toMatchObject(fields)
  expect(two.store.status()).toMatchObject({ network: 'ok', unsent: 0, conflicts: 0 })
})

test('MG5 MG11 both words stay until a person chooses, on both phones alike', async () => {
  const dossier = await officeOpens('of_1', 'of_2')
  const [one, two] = [await phoneOf('of_1'), await phoneOf('of_2')]
  const write = { dossier, entity: 'finding', fields: { problem: '原话' } } as const
  const [id = ''] = await one.store.append([write])
  await one.store.sync()
  await two.store.sync()

  for (const { reach } of [one, two]) reach.net = 'down'
  await one.store.append([{ dossier, entity: 'finding', id, fields: { problem: '甲说' } }])
  two.profile.wall.now += 1
  await two.store.append([{ dossier, entity: 'finding', id, fields: { problem: '乙说' } }])
  await one.store.sync()
  expect(one.store.status()).toMatchObject({ network: 'server_down', unsent: 1 })
  expect(problems(one.store, dossier)).toEqual(['甲说'])

  for (const { reach } of [one, two]) reach.net = 'up'
  for (const { store } of [one, two, one]) await store.sync()
  for (const { store } of [one, two]) {
    const shown = store.record(dossier, 'finding', id)
    expect(shown?.conflicts).toEqual(['problem'])
    expect(shown?.fields.problem?.heads.map(({ value }) => value)).toEqual(['甲说', '乙说'])
    expect(store.status().conflicts).toBe(1)
  }
  await two.store.resolve(dossier, 'finding', id, 'problem', '甲乙都对')
  for (const { store } of [two, one]) await store.sync()
  expect(problems(one.store, dossier)).toEqual(['甲乙都对'])
  expect(one.store.status().conflicts + two.store.status().conflicts).toBe(0)
})

test('MG6 a removed element stays removed, one added unseen survives', async () => {
  const dossier = await officeOpens('of_1', 'of_2')
  const [one, two] = [await phoneOf('of_1'), await phoneOf('of_2')]
  const entity = 'finding'
  const [id = ''] = await one.store.append([{ dossier, entity, fields: { basis: ['甲', '乙'] } }])
  await one.store.sync()
  await two.store.sync()
  await one.store.append([{ dossier, entity, id, fields: { basis: { remove: ['甲'] } } }])
  await two.store.append([{ dossier, entity, id, fields: { basis: { add: ['甲', '丙'] } } }])
  for (const { store } of [one, two, one]) await store.sync()
  for (const { store } of [one, two]) {
    expect(store.record(dossier, entity, id)?.values.basis).toEqual(['丙', '乙', '甲'])
  }
})

test('GR4 a dossier opened without a network is at once at work, later at the server', async () => {
  const one = await phoneOf('of_1')
  one.reach.net = 'down'
  const facts = { kind: 'inspection', bureau: 'sim', section: 'sec', reason: 'complaint' }
  const dossier = await one.store.open(facts)
  await one.store.append([{ dossier, entity: 'finding', fields: { problem: '冒烟' } }])
  expect(one.store.dossiers('inspection')).toEqual([dossier])
  one.reach.net = 'up'
  await one.store.sync()
  expect(one.store.status()).toMatchObject({ unsent: 0, held: 0 })
  const again = await reopened(one)
  expect(again.record(dossier, 'dossier', dossier)?.place).toBe('server')
  expect(problems(again, dossier)).toEqual(['冒烟'])
})

test('QU2 what is held says why, and joins when a person releases it', async () => {
  const stranger = await phoneOf('of_9')
  const facts = { kind: 'inspection', bureau: 'sim', section: 'sec', reason: 'x' }
  const dossier = await stranger.store.open(facts)
  await stranger.store.sync()
  const shown = stranger.store.record(dossier, 'dossier', dossier)
  expect(shown).toMatchObject({ place: 'held', held: 'no_authority' })
  expect(stranger.store.status()).toMatchObject({ held: 1, unsent: 0 })
  const device = shown?.device
  await server.ask('release', { dossier, device, epoch: 1, n: 1 })
  await stranger.store.sync()
  expect(stranger.store.status().held).toBe(0)
})

test('GR3 a grant that ends: the unsent goes up, then key and state are gone', async () => {
  const dossier = await officeOpens('of_1')
  const one = await phoneOf('of_1')
  const write = { dossier, entity: 'finding', fields: { problem: '最后一句' } } as const
  const [id = ''] = await one.store.append([write])
  await server.ask('revoke', { officer: 'of_1', dossier })
  await one.store.sync()
  expect(one.store.status()).toMatchObject({ unsent: 0, held: 1 })

  const again = await reopened(one)
  expect(again.record(dossier, 'finding', id)).toMatchObject({ place: 'held', held: 'revoked' })
  expect(again.record(dossier, 'dossier', dossier)).toBeNull()
  const database = await openProfile(one.profile)
  const left = await database.run('readonly', ['key', 'chunk', 'dossier'], async (tables) => [
    ...(await tables.key.under([])).map(({ name }) => name),
    ...(await tables.chunk.under([])),
    ...(await tables.dossier.under([])),
  ])
  expect(left).toEqual(['own'])
})

test('a revoked enrolment sends what it has, then reads no more', async () => {
  const dossier = await officeOpens('of_1')
  const one = await phoneOf('of_1')
  await one.store.append([{ dossier, entity: 'finding', fields: { problem: '停用前写的' } }])
  const device = one.store.person()?.device
  await server.ask('revoke_enrolment', { device })
  await one.store.sync()
  expect(one.store.status()).toMatchObject({ revoked: true, unsent: 0 })
  expect(one.store.gate()).toBe('lease_over')
  expect(one.store.dossiers()).toEqual([])
  const { quarantined } = (await server.ask('all')) as { quarantined: unknown[][] }
  expect(quarantined.map(([author]) => author)).toContain(device)
})

test('SN12 a colleague logged in on this phone ends nobody’s enrolment', async () => {
  const dossier = await officeOpens('of_1')
  const one = await phoneOf('of_1')
  one.reach.officer = 'of_2'
  one.reach.renews = false
  await one.store.sync()
  expect(one.store.status()).toMatchObject({ revoked: false, network: 'login_expired' })
  expect(one.store.dossiers()).toEqual([dossier])
})

test.each([null, 'of_2'])(
  'SN12 an unlocked phone whose session is %s renews it by its key and sends',
  async (officer) => {
    const dossier = await officeOpens('of_1')
    const one = await phoneOf('of_1')
    await one.store.append([{ dossier, entity: 'finding', fields: { problem: '离线写的' } }])
    one.reach.officer = officer
    await one.store.sync()
    expect(one.store.status()).toMatchObject({ network: 'ok', unsent: 0 })
    expect(one.reach.officer).toBe('of_1')
  },
)

test('SN11 a captive portal is no network, and changes nothing', async () => {
  const dossier = await officeOpens('of_1')
  const one = await phoneOf('of_1')
  one.reach.net = 'portal'
  await one.store.append([{ dossier, entity: 'finding', fields: { problem: '离线' } }])
  await one.store.sync()
  expect(one.store.status()).toMatchObject({ network: 'captive', unsent: 1 })
  one.reach.net = 'up'
  await one.store.sync()
  expect(one.store.status()).toMatchObject({ network: 'ok', unsent: 0 })
})

test('SN11 a restored server is given back what it lacks', async () => {
  const dossier = await officeOpens('of_1')
  const one = await phoneOf('of_1')
  await one.store.append([{ dossier, entity: 'finding', fields: { problem: '备份前' } }])
  await one.store.sync()
  await server.ask('backup')
  await one.store.append([{ dossier, entity: 'finding', fields: { problem: '备份后' } }])
  await one.store.sync()
  await server.ask('restore')
  await one.store.sync()
  expect(problems(one.store, dossier).sort()).toEqual(['备份前', '备份后'])
  expect(one.store.status()).toMatchObject({ unsent: 0 })
  const { rows } = (await server.ask('log', { dossier })) as { rows: unknown[] }
  expect(rows).toHaveLength(3)
})

test('the server dies after its commit: nothing is sent twice, nothing is lost', async () => {
  const dossier = await officeOpens('of_1')
  const one = await phoneOf('of_1')
  await one.store.append([{ dossier, entity: 'finding', fields: { problem: '一次' } }])
  await server.ask('crash', { point: 'after_commit' })
  await one.store.sync()
  expect(one.store.status().unsent).toBe(1)
  await one.store.sync()
  expect(one.store.status().unsent).toBe(0)
  const { rows } = (await server.ask('log', { dossier })) as { rows: unknown[] }
  expect(rows).toHaveLength(2)
})

test('the desk keeps what it opens out of its disk, and may carry what it may read', async () => {
  const dossier = await officeOpens('of_1')
  const phone = await phoneOf('of_1')
  await phone.store.append([{ dossier, entity: 'finding', fields: { problem: '现场' } }])
  await phone.store.sync()
  const desk = await phoneOf('of_1', true)
  expect(await desk.store.carry(dossier)).toBe(true)
  expect(problems(desk.store, dossier)).toEqual(['现场'])
  expect(await desk.store.carry('s00000000000000.1.1.00000000')).toBe(false)
  const again = await openStore(desk.profile, desk.reach, { memoryOnly: true })
  desk.reach.net = 'down'
  await again.unlock(PIN)
  expect(again.dossiers()).toEqual([])
})

test('a poke brings news without being asked', async () => {
  const dossier = await officeOpens('of_1', 'of_2')
  const [one, two] = [await phoneOf('of_1'), await phoneOf('of_2')]
  await one.store.append([{ dossier, entity: 'finding', fields: { problem: '快看' } }])
  await one.store.sync()
  const seen = new Promise<void>((resolve) => {
    two.store.subscribe(() => {
      if (problems(two.store, dossier).length > 0) resolve()
    })
  })
  two.reach.poke()
  await seen
  expect(problems(two.store, dossier)).toEqual(['快看'])
})
