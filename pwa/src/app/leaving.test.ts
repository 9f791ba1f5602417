/** 退出登录 in one tab while another tab of the same phone is at work. */

import { afterAll, beforeAll, expect, test, vi } from 'vitest'

import { anyTabRecords } from '@/adapters/recording-lock'
import { newPhone, newTab, type Phone, receive, type Tab } from '@/features/evidence/tests/tabs'
import { leave } from '@/features/identity/leaving'
import { PIN } from '@/store/tests/phone'
import { simulate, type Simulation } from '@/store/tests/simulated'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let server: Simulation
beforeAll(() => {
  server = simulate()
})
afterAll(() => server.end())

const PHOTO = new Blob([new Uint8Array([0xff, 0xd8, 0xff, 0xe0])], { type: 'image/jpeg' })

async function twoTabs(): Promise<{ phone: Phone; first: Tab; second: Tab }> {
  const phone = await newPhone(server)
  return { phone, first: await newTab(phone), second: await newTab(phone) }
}

function leaveBy(phone: Phone, { store, evidence }: Tab): ReturnType<typeof leave> {
  return leave({ store, files: evidence, records: () => anyTabRecords(phone.locks) })
}

/** Whether the keys are still there: only with them the PIN opens. */
async function opens({ store }: Tab): Promise<boolean> {
  store.lock()
  return store.people().length > 0 && (await store.unlock(PIN)).ok
}

test('while another tab records nobody leaves', async () => {
  const { phone, first, second } = await twoTabs()
  await first.evidence.start(phone.dossier)
  await first.store.sync()
  await second.store.sync()
  expect(await leaveBy(phone, second)).toEqual({ why: 'recording' })
  expect(await opens(second)).toBe(true)
})

test('a segment that no record tells of yet keeps the keys here', async () => {
  const { phone, first, second } = await twoTabs()
  await first.store.newDataKey('r1')
  await phone.blobs.write('r1.0', 'sound')
  await phone.blobs.write('of-a-colleague.0', 'sound')
  expect(await leaveBy(phone, second)).toEqual({ why: 'only_here', count: 1 })
  expect(await opens(second)).toBe(true)
})

test('a photo of another tab whose facts are at the server keeps the keys here until its receipt', async () => {
  const { phone, first, second } = await twoTabs()
  const about = { of: phone.dossier, imported: false }
  const record = await first.evidence.keepPhoto(phone.dossier, PHOTO, about)
  await first.store.sync()
  await second.store.sync()
  expect(second.store.status().unsent).toBe(0)
  expect(await leaveBy(phone, second)).toEqual({ why: 'only_here', count: 1 })

  await receive(phone, second, record)
  await vi.waitFor(async () => expect(await second.evidence.left()).toEqual([]))
  expect(await leaveBy(phone, second)).toBeNull()
  expect(await opens(second)).toBe(false)
})

test('a receipt that was checked counts when the dossier has gone from the phone', async () => {
  const { phone, first } = await twoTabs()
  const { dossier } = phone
  const about = { of: dossier, imported: false }
  const record = await first.evidence.keepPhoto(dossier, PHOTO, about)
  await first.store.sync()
  await receive(phone, first, record)
  await vi.waitFor(async () => expect(await first.evidence.left()).toEqual([]))
  await server.ask('revoke', { officer: 'of_1', dossier })
  await first.store.sync()
  expect(first.store.dossiers()).not.toContain(dossier)

  const later = await newTab(phone)
  expect(await later.evidence.left()).toEqual([])
  expect(await leaveBy(phone, later)).toBeNull()
})

test('a photo without a receipt keeps the keys here when the dossier has gone', async () => {
  const { phone, first } = await twoTabs()
  const { dossier } = phone
  await first.evidence.keepPhoto(dossier, PHOTO, { of: dossier, imported: false })
  await first.store.sync()
  await server.ask('revoke', { officer: 'of_1', dossier })
  await first.store.sync()
  const later = await newTab(phone)
  expect(later.store.dossiers()).not.toContain(dossier)
  expect(await leaveBy(phone, later)).toEqual({ why: 'only_here', count: 1 })
})

test('SN11 a file the restored server has lost keeps the keys here again', async () => {
  const { phone, first } = await twoTabs()
  const { dossier } = phone
  const record = await first.evidence.keepPhoto(dossier, PHOTO, { of: dossier, imported: false })
  await first.store.sync()
  await server.ask('backup')
  await receive(phone, first, record)
  await vi.waitFor(async () => expect(await first.evidence.left()).toEqual([]))
  await server.ask('restore')
  await first.store.sync()
  await vi.waitFor(async () => expect(await first.evidence.left()).toHaveLength(1))

  await server.ask('revoke', { officer: 'of_1', dossier })
  await first.store.sync()
  expect(await leaveBy(phone, await newTab(phone))).toMatchObject({ why: 'only_here' })
})
