/** What officers write in a visit, over a real store that has lost its network. */

import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'

import type { Edits, Store } from '@/store/types'
import { newProfile, openStore, PIN, serverPair } from '@/store/tests/phone'
import { simulate, type Simulation } from '@/store/tests/simulated'

import { resultBefore } from './checklist'
import type { Held } from './model'
import {
  addFinding,
  answer,
  discuss,
  editFinding,
  editObjection,
  end,
  findFor,
  restoreFinding,
  setDue,
  setList,
  withdrawFinding,
} from './visit-commands'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const CODE = '91652301MA00000000'
const CLAUSE = 'aqscf@2021-09-01#36.3'
const NOW = 1_780_000_000_000

let server: Simulation
let store: Store
let dossier: string

beforeAll(() => {
  server = simulate()
})
afterAll(() => server.end())

beforeEach(async () => {
  await server.ask('reset', { seed: 7 })
  const { public: key } = await serverPair()
  const reach = server.reach({ hpke_public: key, sign_public: key })
  store = await openStore(newProfile(NOW), reach)
  await store.login('of_1', 'a password')
  await store.enrol(PIN, 'phone')
  reach.net = 'down'
  dossier = await opened()
})

function opened(): Promise<string> {
  return store.open({ kind: 'inspection', bureau: 'b', enterprise: { code: CODE }, reason: '巡查' })
}

async function checkIn(where: string, fields: Edits<'check'>): Promise<Held<'check'>> {
  const [id = ''] = await store.append([{ dossier: where, entity: 'check', fields }])
  return shownCheck(where, id)
}

function shownCheck(where: string, id: string): Held<'check'> {
  const shown = store.record(where, 'check', id)
  if (shown === null) throw new Error('no such check')
  return { ...shown.values, id, created: shown.created, device: shown.device }
}

function finding(id: string): Held<'finding'> {
  const shown = store.record(dossier, 'finding', id)
  if (shown === null) throw new Error('no such finding')
  return { ...shown.values, id, created: shown.created, device: shown.device }
}

test('an answer is taken back, and the reason of 不涉及 goes with it', async () => {
  const check = await checkIn(dossier, { item: 'WH-01' })
  await answer(store, dossier, check, 'not_applicable')
  await store.append([{ dossier, entity: 'check', id: check.id, fields: { reason: '停产' } }])
  await answer(store, dossier, shownCheck(dossier, check.id), 'conforms')
  expect(shownCheck(dossier, check.id)).toMatchObject({ result: 'conforms', reason: '' })
  await answer(store, dossier, shownCheck(dossier, check.id), null)
  expect(shownCheck(dossier, check.id).result).toBe('')
})

test('a finding is given up with its answer, and both are taken up again', async () => {
  const check = await checkIn(dossier, { item: 'WH-01', result: 'problem' })
  const id = await findFor(store, dossier, check, '办公楼')
  await answer(store, dossier, check, 'conforms', [id])
  expect(shownCheck(dossier, check.id).result).toBe('conforms')
  expect(finding(id).withdrawn?.reason).toBe('检查事项改了结果，不再算问题')
  await answer(store, dossier, shownCheck(dossier, check.id), 'problem', [id])
  expect(shownCheck(dossier, check.id).result).toBe('problem')
  expect(finding(id).withdrawn).toBeNull()
})

test('a finding of an item carries its item, place, note and photos', async () => {
  const check = await checkIn(dossier, { item: 'WH-01', note: '许可证过期', evidence: ['e.1'] })
  const id = await findFor(store, dossier, check, '办公楼')
  expect(finding(id)).toMatchObject({
    check: check.id,
    place: '办公楼',
    problem: '许可证过期',
    evidence: ['e.1'],
  })
})

test('S0-5: ways to handle add up, and one can be taken away again', async () => {
  const id = await addFinding(store, dossier)
  await setList(store, dossier, finding(id), 'dispositions', ['order', 'transfer'])
  await setList(store, dossier, finding(id), 'dispositions', ['transfer'])
  await setList(store, dossier, finding(id), 'basis', [CLAUSE])
  expect(finding(id).dispositions).toEqual(['transfer'])
  expect(finding(id).basis).toEqual([CLAUSE])
})

test('writing what already stands writes nothing', async () => {
  const id = await addFinding(store, dossier)
  await setList(store, dossier, finding(id), 'basis', [CLAUSE])
  const before = store.status().unsent
  await setList(store, dossier, finding(id), 'basis', [CLAUSE])
  expect(store.status().unsent).toBe(before)
})

test('整改期限 names the rule of its clock, and the later day stands', async () => {
  const id = await addFinding(store, dossier)
  await setDue(store, dossier, id, '2026-09-28')
  expect(finding(id).rectify_by).toEqual({ due: '2026-09-28', rule: 'D09' })
  await setDue(store, dossier, id, '2026-10-08')
  expect(finding(id).rectify_by?.due).toBe('2026-10-08')
})

test('a finding given up stays in the file with its words and the reason', async () => {
  const id = await addFinding(store, dossier)
  await editFinding(store, dossier, id, { problem: '报警器被关闭' })
  await withdrawFinding(store, dossier, id, '重复')
  expect(finding(id)).toMatchObject({ problem: '报警器被关闭', withdrawn: { reason: '重复' } })
  await restoreFinding(store, dossier, id)
  expect(finding(id)).toMatchObject({ problem: '报警器被关闭', withdrawn: null })
})

test('S4-12b: a second answer stands beside the first', async () => {
  const id = await addFinding(store, dossier)
  const said = { participants: [{ name: '周启明', side: 'unit', post: '负责人' }], at: NOW }
  const objection = await discuss(store, dossier, finding(id), { ...said, agreed: false })
  await editObjection(store, dossier, objection, '是检修')
  await discuss(store, dossier, finding(id), { ...said, agreed: true })
  const opinions = store.records(dossier, 'exchange').map((each) => each.values)
  expect(opinions.map(({ agreed, words = '' }) => `${agreed} ${words}`).sort()).toEqual([
    'false 是检修',
    'true ',
  ])
})

test('an objection without a word is taken back by the answer that follows', async () => {
  const id = await addFinding(store, dossier, { problem: '报警器被关闭' })
  const said = { participants: [], at: NOW }
  const objection = await discuss(store, dossier, finding(id), { ...said, agreed: false })
  const answer = await discuss(store, dossier, finding(id), { ...said, agreed: true }, [objection])
  expect(store.record(dossier, 'exchange', objection)?.values.withdrawn).toBeTruthy()
  expect(store.record(dossier, 'exchange', answer)?.values).toMatchObject({
    agreed: true,
    read: { problem: '报警器被关闭', measure: '' },
  })
})

test('the end with duties left open keeps its reason in the file', async () => {
  const [id = ''] = await store.append([
    { dossier, entity: 'inspection', fields: { kind: 'daily', started: NOW - 1 } },
  ])
  await end(store, dossier, id, NOW, '企业停电')
  expect(store.record(dossier, 'inspection', id)?.values.ended).toBe(NOW)
  const steps = store.records(dossier, 'step').map(({ values }) => [values.name, values.words])
  expect(steps).toEqual([['ended_early', '企业停电']])
})

test('what the visit before found is known where its dossier is on the phone', async () => {
  const earlier = await opened()
  await checkIn(earlier, { item: 'WH-01', result: 'problem' })
  expect(resultBefore(store, dossier, 'WH-01')).toBe('problem')
  expect(resultBefore(store, dossier, 'WH-02')).toBeNull()
})
