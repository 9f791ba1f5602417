/** From the door to the meeting room, and two versions, over real stores and the real log. */

import type { Item } from '@contract/records'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'

import type { Store } from '@/store/types'
import { newProfile, openStore, PIN, type Profile, serverPair } from '@/store/tests/phone'
import { type Reach, type ServerKeys, simulate, type Simulation } from '@/store/tests/simulated'

import { arrivalStages, mayCorrectReception, stageAt } from '../arrive-views'
import {
  addOfficers,
  arrive,
  choose,
  forgetEntry,
  keepEntry,
  keptEntry,
  openVisit,
  recordStep,
} from '../commands'
import { addressOf, disputedFrom, disputeOf } from '../conflict-views'
import { enterpriseView } from '../enterprise-views'
import { recordContent } from '../papers'
import { lacks, progress, STAGES, stateOf } from '../rules'
import { disputesIn, todayOf, viewOf } from '../views'
import { officer, pack, withRegisters } from './registers'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const CODE = '91652301MA0001181J'
const SECTOR = 'hazardous_chemicals'
const QIMING = {
  id: 'ent_1',
  code: CODE,
  name: '昌吉启明精细化工有限公司',
  section: 'sec',
  sector: SECTOR,
}
const ITEM: Item = {
  id: 'wh-01',
  list_version: '2026.3',
  sector: SECTOR,
  group: '设备',
  title: '报警装置',
  content: '装置完好',
  method: '现场查看',
  basis: ['aqscf@2021-09-01#36.3'],
}
const ROWS = {
  enterprise: [QIMING],
  officer: [officer('of_1', '李㛃'), officer('of_2', '努尔兰·哈森')],
  item: [ITEM],
  pack: [pack('table.clock', [])],
}

/** Officer → the phone he enrolled last. */
const devices = new Map<string, string>()
let server: Simulation
let keys: ServerKeys

beforeAll(async () => {
  server = simulate()
  const { public: key } = await serverPair()
  keys = { hpke_public: key, sign_public: key }
})

afterAll(() => server.end())

beforeEach(() => server.ask('reset', { seed: 5 }))

interface Phone {
  readonly store: Store
  readonly profile: Profile
  readonly reach: Reach
}

async function phoneOf(who: string): Promise<Phone> {
  const profile = newProfile()
  const reach = server.reach(keys)
  const store = await openStore(profile, reach)
  await store.login(who, 'a password')
  await store.enrol(PIN, 'phone')
  await store.sync()
  devices.set(who, store.person()?.device ?? '')
  const named = ROWS.officer.map((each) => ({ ...each, devices: [devices.get(each.id) ?? ''] }))
  return { store: withRegisters(store, { ...ROWS, officer: named }), profile, reach }
}

async function opened({ store, profile, reach }: Phone): Promise<string> {
  reach.net = 'down'
  const person = store.person()
  if (person === null) throw new Error('nobody is enrolled')
  const { id, name, code } = QIMING
  return openVisit(store, person, {
    unit: { name, code },
    enterprise: id,
    sector: SECTOR,
    reason: '举报核查',
    officers: ['of_1'],
    items: [ITEM],
    day: viewOf(store, '', profile.wall.now).today ?? '',
  })
}

test('ST1 a visit opened offline has its list, and wants a second certified officer', async () => {
  const phone = await phoneOf('of_1')
  const { store, profile } = phone
  const dossier = await opened(phone)
  const view = viewOf(store, dossier, profile.wall.now)
  expect(view.check).toMatchObject([{ item: 'wh-01', order: 1, title: '报警装置' }])
  expect(view.certified).toEqual(['of_1', 'of_2'])
  expect(lacks(STAGES, 'start', view)[0]?.says).toContain('现在只有 1 名')

  await addOfficers(store, dossier, ['of_1', 'of_2'])
  const full = viewOf(store, dossier, profile.wall.now)
  expect(lacks(STAGES, 'start', full).map(({ id }) => id)).not.toContain('ST1')
})

test('the first arrival begins the visit, a later one does not move its beginning', async () => {
  const phone = await phoneOf('of_1')
  const { store, profile } = phone
  const dossier = await opened(phone)
  await arrive(store, dossier, 'of_1', 1_000, { scan: null, reason: 'damaged' })
  const scan = { text: 'https://x/e#AX1.', verdict: 'good', enterprise: 'ent_1' }
  await arrive(store, dossier, 'of_1', 9_000, { scan, reason: '' }, { lat: 1, lon: 2 })

  const view = viewOf(store, dossier, profile.wall.now)
  expect(view.inspection?.[0]?.started).toBe(1_000)
  expect(view.arrival).toMatchObject([{ reason: 'damaged' }, { scan, place: { lat: 1, lon: 2 } }])
  expect(stateOf(view)).toBe('in_progress')
  expect(todayOf(store, profile.wall.now).running).toMatchObject([
    { dossier, unit: QIMING.name, arrived: 1_000, checks: 1, checked: 0, officers: ['李㛃'] },
  ])
})

test('a visit that ended today says which papers it wants, the last ended first', async () => {
  const phone = await phoneOf('of_1')
  const { store, profile } = phone
  const dossier = await opened(phone)
  const { now } = profile.wall
  await arrive(store, dossier, 'of_1', now, { scan: null, reason: 'none' })
  const id = viewOf(store, dossier, now).inspection?.[0]?.id ?? ''
  await store.append([{ dossier, entity: 'inspection', id, fields: { ended: now } }])
  const later = await opened(phone)
  const other = viewOf(store, later, now).inspection?.[0]?.id ?? ''
  const times = { started: now, ended: now + 1 }
  await store.append([{ dossier: later, entity: 'inspection', id: other, fields: times }])
  expect(todayOf(store, now).running).toEqual([])
  const papers = ['检查记录还差 3 个签名，拒签要记下原因', '检查记录还没签发']
  expect(todayOf(store, now).unfinished).toMatchObject([
    { dossier: later, ended: now + 1 },
    { dossier, ended: now, papers },
  ])

  const close = { act: 'close', answer: 'yes', of: id }
  await store.append([{ dossier, entity: 'approval', fields: close }])
  expect(stateOf(viewOf(store, dossier, now))).toBe('closed')
  expect(todayOf(store, now).unfinished.map((each) => each.dossier)).toEqual([later])
})

test('the four steps are taken one by one, each with its place in the recording', async () => {
  const phone = await phoneOf('of_1')
  const { store, profile } = phone
  const dossier = await opened(phone)
  const look = () => viewOf(store, dossier, profile.wall.now)
  const step = { at: Date.UTC(2026, 8, 18, 1, 57), mark: { recording: 'r1', offset: 4_000 } }
  expect(stageAt(look(), '')).toBe('recording')
  await recordStep(store, dossier, { ...step, name: 'recording_skipped', words: '麦克风坏了' })
  await recordStep(store, dossier, { ...step, name: 'certificates_shown', certificates: ['n-1'] })
  await recordStep(store, dossier, { ...step, name: 'rights_told' })

  expect(look().step?.[1]).toMatchObject({ recording: 'r1', offset: 4_000, certificates: ['n-1'] })
  expect(arrivalStages(look()).map(({ done }) => done)).toEqual([
    '09:57 没有录音',
    '09:57 已亮证',
    '',
    '',
  ])
  expect(stageAt(look(), '')).toBe('told')
  expect(stageAt(look(), 'law_lesson')).toBe('lesson')
  await recordStep(store, dossier, { ...step, name: 'integrity_statement' })
  await recordStep(store, dossier, { ...step, name: 'reception', reception: { name: '周启明' } })
  expect(progress(look()).slice(1, 3).map(({ state }) => state)).toEqual(['done', 'done'])
})

test('who received is put right by another step, until a paper bears the name', async () => {
  const phone = await phoneOf('of_1')
  const { store, profile } = phone
  const dossier = await opened(phone)
  const look = () => viewOf(store, dossier, profile.wall.now)
  const step = { name: 'reception', at: 1_000, mark: null } as const
  await recordStep(store, dossier, { ...step, reception: { name: '周启明' } })
  await recordStep(store, dossier, { ...step, reception: { name: '周启明', post: '总经理' } })
  expect(look().step).toHaveLength(2)
  expect(recordContent(look(), new Map(), []).party).toEqual({ name: '周启明', post: '总经理' })

  const [draft = ''] = await store.append([{ dossier, entity: 'draft', fields: { kind: 'k' } }])
  expect(mayCorrectReception(look())).toBe(true)
  const [number = ''] = await store.append([{ dossier, entity: 'number', fields: { draft } }])
  expect(mayCorrectReception(look())).toBe(false)
  const given = { void: { reason: '改内容', at: 2_000 } }
  await store.append([{ dossier, entity: 'number', id: number, fields: given }])
  expect(mayCorrectReception(look())).toBe(true)
})

test('an entry holds for its enterprise, for a while, until the visit begins', async () => {
  const { store } = await phoneOf('of_1')
  await keepEntry(store, { enterprise: 'ent_1', at: 5_000, scan: null, reason: 'none' })
  expect(await keptEntry(store, 'ent_1', 4_000)).toMatchObject({ reason: 'none' })
  expect(await keptEntry(store, 'ent_2', 4_000)).toBeNull()
  expect(await keptEntry(store, 'ent_1', 6_000)).toBeNull()
  await forgetEntry(store)
  expect(await keptEntry(store, 'ent_1', 4_000)).toBeNull()
})

test('a visit that runs here is found from its enterprise', async () => {
  const phone = await phoneOf('of_1')
  const dossier = await opened(phone)
  await arrive(phone.store, dossier, 'of_1', 1_000, { scan: null, reason: 'none' })
  const view = enterpriseView(phone.store, 'ent_1', phone.profile.wall.now)
  expect(view).toMatchObject({ known: true, running: dossier, planned: null, items: [ITEM] })
})

test('MG5 two versions are told with their authors; one chosen, the other phone learns it', async () => {
  const officers = ['of_1', 'of_2']
  const dossier = (await server.ask('open', { officers })).dossier as string
  const [two, one] = [await phoneOf('of_2'), await phoneOf('of_1')]
  const due = (day: string) => ({ rectify_by: { due: day, rule: 'D09' } })
  const fields = { problem: '报警器关闭', ...due('2026-09-25') }
  const write = { dossier, entity: 'finding', fields } as const
  const [id = ''] = await one.store.append([write])
  await arrive(two.store, dossier, 'of_2', 1_000, { scan: null, reason: 'none' })
  for (const { store } of [one, two, one]) await store.sync()
  await one.store.append([{ dossier, entity: 'finding', id, fields: due('2026-09-28') }])
  two.profile.wall.now += 60_000
  await two.store.append([{ dossier, entity: 'finding', id, fields: due('2026-09-21') }])
  for (const { store } of [one, two, one]) await store.sync()

  const [at] = disputesIn(one.store, dossier)
  if (at === undefined) throw new Error('there are no two versions')
  expect(disputedFrom(addressOf(at))).toEqual(at)
  const now = Date.UTC(2026, 8, 18)
  expect(disputeOf(one.store, at, now)).toMatchObject({
    title: '问题 1 · 处理和整改期限',
    conflict: true,
    merges: 'day',
    settled: '',
    phone: '0994-of_2',
    position: { at: 1, of: 1 },
    versions: [
      {
        title: '你写的',
        use: '用你写的',
        text: '限期整改，9月28日（周一）前改完',
        effect: '复查任务定在 9月29日（周二）',
      },
      { title: '努尔兰·哈森写的', text: '限期整改，9月21日（周一）前改完', own: false },
    ],
  })
  expect(todayOf(one.store, now).disputed).toEqual([at])

  await choose(one.store, at, { due: '2026-09-28', rule: 'D09' })
  for (const { store } of [one, two]) await store.sync()
  const learnt = disputeOf(two.store, at, now)
  expect(learnt?.conflict).toBe(false)
  expect(learnt?.settled).toMatch(/^同事 \d\d:\d\d 已选用 9月28日。$/)
})
