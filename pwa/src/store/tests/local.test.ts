/** What must hold on the phone alone: durable, sealed, one chain, whatever breaks in between. */

import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'

import { randomBytes } from '@/adapters/random'

import { NotOpen, PHONE_DATABASE, type Store, WeakPin } from '../index'
import { type Bytes, utf8 } from '../sealing'
import {
  memoryLocks,
  newProfile,
  openProfile,
  openStore,
  PIN,
  type Profile,
  serverPair,
} from './phone'
import { type Reach, type ServerKeys, simulate, type Simulation } from './simulated'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const ORDER = 'rectification_order'
const WORDS = '报警器GT-204被关闭，现场人员张某承认'

let server: Simulation
let keys: ServerKeys
let profile: Profile
let reach: Reach
let dossier: string

beforeAll(async () => {
  server = simulate()
  const { public: key } = await serverPair()
  keys = { hpke_public: key, sign_public: key }
})

afterAll(() => server.end())

beforeEach(async () => {
  await server.ask('reset', { seed: 2 })
  dossier = (await server.ask('open', { officers: ['of_1'] })).dossier as string
  profile = newProfile()
  reach = server.reach(keys)
})

/** Enrolled, synced, then cut off. */
async function offline(change: Parameters<typeof openStore>[2] = {}): Promise<Store> {
  const store = await openStore(profile, reach, change)
  await store.login('of_1', 'a password')
  await store.enrol(PIN, 'phone')
  await store.sync()
  reach.net = 'down'
  return store
}

async function another(change: Parameters<typeof openStore>[2] = {}): Promise<Store> {
  const store = await openStore(profile, reach, change)
  expect(await store.unlock(PIN)).toEqual({ ok: true })
  return store
}

function finding(problem: string) {
  return { dossier, entity: 'finding', fields: { problem } } as const
}

function problems(store: Store): unknown[] {
  return store.records(dossier, 'finding').map(({ values }) => values.problem)
}

test('what was appended is there after the page is closed and the PIN given', async () => {
  const store = await offline()
  const [id = ''] = await store.append([finding(WORDS)])
  await store.append([{ dossier, entity: 'finding', id, fields: { place: '罐区' } }])
  await store.keep('draft', { text: WORDS })
  store.close()

  const again = await openStore(profile, reach)
  expect(again.gate()).toBe('locked')
  expect(again.people().map(({ name }) => name)).toEqual(['of_1'])
  expect(problems(again)).toEqual([])
  expect(await again.unlock(PIN)).toEqual({ ok: true })
  expect(again.record(dossier, 'finding', id)).toMatchObject({
    values: { problem: WORDS, place: '罐区' },
    place: 'phone',
    conflicts: [],
    created: profile.wall.now,
  })
  expect(again.record(dossier, 'dossier', dossier)?.place).toBe('server')
  expect(await again.kept('draft')).toEqual({ text: WORDS })
  expect(again.status().unsent).toBe(2)
})

test('two entries of one act: the second has seen the first', async () => {
  const store = await offline()
  const [id = ''] = await store.append([finding('一')])
  const edit = { dossier, entity: 'finding', id } as const
  await store.append([
    { ...edit, fields: { problem: '二', basis: ['a'] } },
    { ...edit, fields: { problem: '三', basis: { remove: ['a'], add: ['b'] } } },
  ])
  const shown = store.record(dossier, 'finding', id)
  expect(shown?.values).toMatchObject({ problem: '三', basis: ['b'] })
  expect(shown?.fields.problem?.heads).toHaveLength(1)
})

test('no word, name, PIN or raw key lies in the database', async () => {
  const drawn: Bytes[] = []
  const random = (count: number): Bytes => {
    const bytes = randomBytes(count)
    drawn.push(bytes.slice())
    return bytes
  }
  const store = await offline({ random })
  await store.append([finding(WORDS)])
  await store.newDataKey('evidence-1')
  await store.keep('draft of the order', { text: WORDS })
  reach.net = 'up'
  await store.sync()
  reach.net = 'down'
  await store.append([finding(`${WORDS}二`)])

  const disk = await everything(profile)
  const found = (text: string | Bytes): boolean => holds(disk, text)
  expect(found(store.people()[0]?.device ?? 'none')).toBe(true)
  for (const word of [WORDS.slice(0, 3), '张某', 'problem', 'draft', PIN]) {
    expect(found(word), word).toBe(false)
  }
  const rawKeys = drawn.filter(({ length }) => length === 32)
  expect(rawKeys.length).toBeGreaterThanOrEqual(4)
  for (const raw of rawKeys) expect(found(raw)).toBe(false)
  const pkcs8 = Uint8Array.from([0x30, 0x81, 0x87, 0x02, 0x01, 0x00, 0x30, 0x13])
  expect(found(pkcs8)).toBe(false)
})

test('a value moved to another place of the database does not open', async () => {
  const store = await offline()
  await store.append([finding('一')])
  await store.append([finding('二')])
  store.close()
  const database = await openProfile(profile)
  await database.run('readwrite', ['own'], async ({ own }) => {
    const [first, second] = await own.under([])
    if (first && second) await own.put({ ...first, sealed: second.sealed })
  })
  await expect(another()).rejects.toThrow()
})

test('a PIN of seven digits makes no enrolment', async () => {
  const store = await openStore(profile, reach)
  await store.login('of_1', 'a password')
  await expect(store.enrol('1234567', 'phone')).rejects.toThrow(WeakPin)
  expect(store.gate()).toBe('empty')
})

test('locking hides everything, and neither reading nor writing goes on', async () => {
  const store = await offline()
  await store.append([finding('一')])
  store.lock()
  expect([store.gate(), store.dossiers(), problems(store)]).toEqual(['locked', [], []])
  await expect(store.append([finding('二')])).rejects.toThrow(NotOpen)
  await expect(store.dataKey('e')).rejects.toThrow(NotOpen)
  expect(await store.unlock(PIN)).toEqual({ ok: true })
  expect(problems(store)).toEqual(['一'])
})

test('CS2 two tabs without a common lock never take one number', async () => {
  const one = await offline({ locks: memoryLocks() })
  const two = await another({ locks: memoryLocks() })
  const writes = Array.from({ length: 6 }, (_, index) =>
    [one, two][index % 2]?.append([finding(`第${index}条`)]),
  )
  await Promise.all(writes)
  reach.net = 'up'
  await one.sync()
  expect(problems(one)).toHaveLength(6)
  const log = (await server.ask('log', { dossier })) as { rows: { n: number; device: string }[] }
  const device = one.person()?.device
  expect(log.rows.filter((row) => row.device === device).map(({ n }) => n)).toEqual([
    1, 2, 3, 4, 5, 6,
  ])
})

test('what one tab writes and pulls, the other shows', async () => {
  const one = await offline()
  const two = await another()
  await one.append([finding('甲')])
  await vi.waitFor(() => expect(problems(two)).toEqual(['甲']))
  reach.net = 'up'
  await one.sync()
  await two.sync()
  await two.append([finding('乙')])
  await two.sync()
  await one.sync()
  expect([problems(one), problems(two)]).toEqual([
    ['甲', '乙'],
    ['甲', '乙'],
  ])
  expect(one.status().unsent).toBe(0)
})

const moments = ['before', 'after'] as const

test.each(moments)('a kill %s the commit leaves one whole chain', async (when) => {
  const idb = await openProfile(profile)
  let armed = false
  const dying: typeof idb = {
    ...idb,
    run: async (mode, names, work) => {
      const dies = armed && mode === 'readwrite' && names.includes('own')
      if (dies && when === 'before') {
        return idb.run(mode, names, async (tables) => {
          await work(tables)
          throw new Error('killed')
        })
      }
      const value = await idb.run(mode, names, work)
      if (dies) throw new Error('killed')
      return value
    },
  }
  const store = await offline({ idb: dying })
  await store.append([finding('完整')])
  armed = true
  await expect(store.append([finding('半截')])).rejects.toThrow('killed')

  const again = await another()
  const survived = when === 'before' ? ['完整'] : ['完整', '半截']
  expect(problems(again)).toEqual(survived)
  await again.append([finding('之后')])
  reach.net = 'up'
  await again.sync()
  expect(again.status()).toMatchObject({ unsent: 0, network: 'ok' })
  expect(problems(again).sort()).toEqual([...survived, '之后'].sort())
})

test('a number is given once, over tabs and openings, until the lease is used up', async () => {
  const one = await offline()
  const [two, three] = [await another({ locks: memoryLocks() }), await another()]
  const lease = one.leases().find(({ kind }) => kind === ORDER)
  const [first, last] = [lease?.next ?? 0, lease?.last ?? 0]
  expect(last - first).toBeGreaterThan(5)
  const tabs = [one, two, three]
  const stores = Array.from({ length: last - first + 1 }, (_, at) => tabs[at % 3] ?? one)
  const taken = await Promise.all(stores.map((store) => takeNumber(store)))
  expect(new Set(taken).size).toBe(stores.length)
  expect(taken).not.toContain(null)
  expect(await takeNumber(two)).toBeNull()
  expect(await two.takeNumber(dossier, 'no such kind', lease?.year ?? 0, 'x')).toBeNull()

  const numbers = (await another()).records(dossier, 'number').map(({ values }) => values)
  const serials = numbers.map(({ serial = 0 }) => serial).sort((a, b) => a - b)
  expect(serials).toEqual(stores.map((_, at) => first + at))
  expect(numbers.map(({ text }) => text)).toContain(`${lease?.prefix}${first}${lease?.suffix}`)
})

test('numbers already given are not given again when the server lists the lease anew', async () => {
  const store = await offline()
  const next = () => store.leases().find(({ kind }) => kind === ORDER)?.next
  const before = next() ?? 0
  await takeNumber(store)
  await takeNumber(store)
  reach.net = 'up'
  await store.sync()
  expect(next()).toBe(before + 2)
})

test('nor when it is listed from behind the numbers that had arrived by the last hello', async () => {
  const store = await offline()
  const next = () => store.leases().find(({ kind }) => kind === ORDER)?.next
  const before = next() ?? 0
  for (const taken of [1, 2, 3]) {
    reach.net = 'down'
    await takeNumber(store)
    reach.net = 'up'
    await store.sync()
    expect(next()).toBe(before + taken)
  }
})

test('two officers on one phone never meet', async () => {
  const store = await offline()
  await store.append([finding('甲的话')])
  const first = store.person()?.device
  reach.net = 'up'
  profile.wall.now += 1
  await store.login('of_2', 'a password')
  await store.enrol('乙的一句话很长的', 'phone')
  await store.sync()
  expect(store.people().map(({ name }) => name)).toEqual(['of_2', 'of_1'])
  expect(store.dossiers()).toEqual([])
  store.lock()
  expect(await store.unlock(PIN)).toMatchObject({ ok: false, left: 4 })
  expect(await store.unlock(PIN, first)).toEqual({ ok: true })
  expect(problems(store)).toEqual(['甲的话'])
})

test('leaving is refused while anything is unsent, afterwards nothing is left', async () => {
  const store = await offline()
  await store.append([finding('没传')])
  expect(await store.leave()).toBe(false)
  reach.net = 'up'
  await store.sync()
  expect(await store.leave()).toBe(true)
  expect(store.gate()).toBe('empty')
  expect(await everything(profile)).toEqual([])
})

test('evidence keys are found again by their officer', async () => {
  const store = await offline()
  const iv = new Uint8Array(12)
  const key = await store.newDataKey('e1')
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, utf8('声音'))
  const again = await another()
  const found = await again.dataKey('e1')
  expect(found?.extractable).toBe(false)
  const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, found ?? key, sealed)
  expect(new TextDecoder().decode(plain)).toBe('声音')
  expect(await again.dataKey('e2')).toBeNull()
})

function takeNumber(store: Store): Promise<string | null> {
  const year = store.leases().find(({ kind }) => kind === ORDER)?.year ?? 0
  return store.takeNumber(dossier, ORDER, year, 'phonephone12.1.1.00000000')
}

async function everything(of: Profile): Promise<unknown[]> {
  const database = await openProfile(of)
  const names = Object.keys(PHONE_DATABASE.tables) as 'own'[]
  const tables = await database.run('readonly', names, (all) =>
    Promise.all(names.map((name) => all[name].under([]))),
  )
  return tables.flat()
}

/** Whether a text (in a string or as bytes) or bytes stand anywhere in a value, keys included. */
function holds(value: unknown, sought: string | Bytes): boolean {
  const bytes = typeof sought === 'string' ? utf8(sought) : sought
  if (typeof value === 'string') return Buffer.from(value).includes(Buffer.from(bytes))
  if (value instanceof Uint8Array) return Buffer.from(value).includes(Buffer.from(bytes))
  if (Array.isArray(value)) return value.some((each) => holds(each, sought))
  if (typeof value !== 'object' || value === null) return String(value) === sought
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
  return Object.values(value).some((each) => holds(each, sought))
}
