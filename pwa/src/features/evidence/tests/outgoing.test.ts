/** Files whose dossier has left the phone before they were sent. */

import { afterAll, beforeAll, expect, test, vi } from 'vitest'

import { simulate, type Simulation } from '@/store/tests/simulated'

import { newPhone, newTab, type Phone, type Tab } from './tabs'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let server: Simulation
beforeAll(() => {
  server = simulate()
})
afterAll(() => server.end())

const PHOTO = new Blob([new Uint8Array([0xff, 0xd8, 0xff, 0xe0])], { type: 'image/jpeg' })
const PDF = new Uint8Array([0x25, 0x50, 0x44, 0x46, 0x2d])

/** A photo and a paper, their facts at the server, neither sent. */
async function filled(): Promise<{ phone: Phone; tab: Tab; records: readonly string[] }> {
  const phone = await newPhone(server)
  const { dossier } = phone
  const tab = await newTab(phone)
  const photo = await tab.evidence.keepPhoto(dossier, PHOTO, { of: dossier, imported: false })
  const paper = await tab.evidence.keepPdf(dossier, PDF, dossier)
  await tab.store.sync()
  await tab.evidence.upload()
  return { phone, tab, records: [photo, paper] }
}

async function revoke({ reach }: Phone, { store }: Tab): Promise<void> {
  await server.ask('revoke_enrolment', { device: store.person()?.device })
  reach.officer = null
  await store.sync()
  expect(store.status().revoked).toBe(true)
}

const kinds = async ({ evidence }: Tab): Promise<readonly string[]> =>
  (await evidence.left()).map(({ kind, at }) => `${kind} ${at}`).sort()

test('a revoked phone knows which files are only here, after a new start too', async () => {
  const { phone, tab } = await filled()
  await tab.store.newDataKey('r1')
  await phone.blobs.write('r1.0', 'sound nobody entered')
  await revoke(phone, tab)
  const known = ['audio unrecorded', 'pdf phone', 'photo phone']
  expect(await kinds(tab)).toEqual(known)
  const later = await newTab(phone)
  expect([later.store.gate(), later.store.dossiers()]).toEqual(['lease_over', []])
  expect(await kinds(later)).toEqual(known)
})

test('a revoked phone sends the files of what it had pushed, and has their receipts', async () => {
  const { phone, tab, records } = await filled()
  await revoke(phone, tab)
  const later = await newTab(phone)
  await later.evidence.upload()
  expect(await kinds(later)).toEqual(['pdf phone', 'photo phone'])

  phone.takes = 'signed'
  const before = phone.jobs.length
  await later.evidence.upload()
  const sent = phone.jobs.slice(before).map(({ metadata }) => metadata)
  expect(sent.map(({ evidence }) => evidence).sort()).toEqual([...records].sort())
  expect(sent.every(({ dossier }) => dossier === phone.dossier)).toBe(true)
  expect([await kinds(later), later.evidence.onlyHere()]).toEqual([[], 0])
  expect(await kinds(await newTab(phone))).toEqual([])
  expect(phone.blobs.names()).toHaveLength(2)
})

test('what the server has and has not signed for is told as that', async () => {
  const { phone, tab } = await filled()
  await revoke(phone, tab)
  const later = await newTab(phone)
  phone.takes = 'unsigned'
  await later.evidence.upload()
  expect(await kinds(later)).toEqual(['pdf arrived', 'photo arrived'])
})

test('GR3 the files of a dossier whose grant has ended go up from the next page', async () => {
  const { phone, tab, records } = await filled()
  await server.ask('revoke', { officer: 'of_1', dossier: phone.dossier })
  await tab.store.sync()
  expect(tab.store.dossiers()).not.toContain(phone.dossier)
  tab.store.close()

  phone.takes = 'signed'
  const before = phone.jobs.length
  const later = await newTab(phone)
  await later.evidence.upload()
  const sent = phone.jobs.slice(before).map(({ metadata }) => metadata.evidence)
  expect(sent.sort()).toEqual([...records].sort())
  expect(await kinds(later)).toEqual([])
})
