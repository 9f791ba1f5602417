import { afterAll, beforeAll, expect, test, vi } from 'vitest'

import { PIN } from '@/store/tests/phone'
import { simulate, type Simulation } from '@/store/tests/simulated'

import { endVisit, jpeg, kill, ledger, MIME, newPhone, openPage, sealed } from './evidence-phone'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let server: Simulation
beforeAll(() => {
  server = simulate()
})
afterAll(() => server.end())

test('a photo that waited its turn is of the moment it was taken', async () => {
  const phone = await newPhone(server)
  const evidence = openPage(phone, 'p')
  const moment = evidence.moment()
  phone.profile.wall.now += 5_000
  const about = { of: 'f', imported: false, ...moment }
  const record = await evidence.keepPhoto(phone.dossier, jpeg('one'), about)
  const held = phone.store.records(phone.dossier, 'evidence').find(({ id }) => id === record)
  expect(held?.values.captured).toBe(moment.captured)
  expect(held?.values.bounds).toEqual(moment.bounds)
})

test('S0-7a each photo becomes evidence with the next custody number', async () => {
  const phone = await newPhone(server)
  const evidence = openPage(phone, 'p')
  const one = await evidence.keepPhoto(phone.dossier, jpeg('one'), { of: 'f', imported: false })
  await evidence.keepPhoto(phone.dossier, jpeg('two'), { of: 'f', imported: true })
  await evidence.discard(phone.dossier, one, '糊了')
  await evidence.closeRuns(phone.dossier)
  await evidence.closeRuns(phone.dossier)
  expect(ledger(phone)).toEqual([
    [1, 'captured', ''],
    [2, 'captured', ''],
    [3, 'discarded', '糊了'],
    [4, 'run_closed', ''],
  ])
  const items = evidence.items(phone.dossier)
  expect(items.map(({ bytes, discarded }) => [bytes, discarded])).toEqual([
    [3, true],
    [3, false],
  ])
})

test('a full phone says so, keeps no half of a photo and writes no record', async () => {
  const phone = await newPhone(server)
  const evidence = openPage(phone, 'p')
  phone.blobs.full = true
  const kept = evidence.keepPhoto(phone.dossier, jpeg('one'), { of: 'f', imported: false })
  await expect(kept).rejects.toMatchObject({ name: 'NotKept', code: 'full' })
  expect([ledger(phone), phone.blobs.names()]).toEqual([[], []])
})

test('a segment sealed behind the lock becomes evidence at the next unlock', async () => {
  const phone = await newPhone(server)
  const evidence = openPage(phone, 'r')
  await evidence.start(phone.dossier)
  phone.emit({ kind: 'started', segment: 0, mime: MIME, at: 1_000 })
  phone.store.lock()
  phone.emit(await sealed(phone, 0))
  expect(evidence.recorder.value.state).toBe('recording')
  await phone.store.unlock(PIN)
  await vi.waitFor(() => expect(ledger(phone)).toHaveLength(2))
  expect(ledger(phone).map(([, act]) => act)).toEqual(['recording_started', 'captured'])
  const [file] = phone.store.records(phone.dossier, 'evidence')
  expect(file?.values).toMatchObject({
    type: 'audio/webm',
    bytes: 7,
    segment: { recording: 'r1', index: 0, started: 1_000, ended: 4_000 },
  })
})

test('after a kill the open segment is evidence, trimmed and with its gap, once', async () => {
  const phone = await newPhone(server)
  await openPage(phone, 'r').start(phone.dossier)
  phone.emit({ kind: 'started', segment: 0, mime: 'audio/webm', at: 1_000 })
  await vi.waitFor(() => expect(ledger(phone)).toHaveLength(1))
  await phone.blobs.write('r1.0', 'half', false)

  const after = openPage(phone, 's')
  const told = { dossier: phone.dossier, recording: 'r1', lostMs: 800 }
  expect(await after.recover()).toEqual([told])
  expect(await after.recover()).toEqual([told])
  expect(ledger(phone)).toEqual([
    [1, 'recording_started', ''],
    [2, 'captured', ''],
    [3, 'trimmed', ''],
    [4, 'gap', 'page_load'],
  ])
  await after.start(phone.dossier)
  expect(after.recorder.value.recording).toBe('r1')
  expect(await after.recover()).toEqual([])
})

test('a recording killed behind the lock goes on after the last segment begun there', async () => {
  const phone = await newPhone(server)
  const { profile: { wall }, dossier } = phone
  await openPage(phone, 'r').start(dossier)
  phone.emit({ kind: 'started', segment: 0, mime: MIME, at: wall.now })
  await vi.waitFor(async () => {
    expect(await phone.store.kept('evidence/recording/r1')).toMatchObject({ next: 1 })
  })
  phone.store.lock()
  phone.emit({ kind: 'started', segment: 1, mime: MIME, at: wall.now })
  await phone.blobs.write('r1.0', 'whole')
  await phone.blobs.write('r1.1', 'half', false)
  await kill(phone)

  await openPage(phone, 's').start(dossier)
  expect(phone.plan).toMatchObject({ recording: 'r1', continues: { segment: 2 } })
})

test('a recording whose kept number lags behind files that are evidence already goes on', async () => {
  const phone = await newPhone(server)
  await openPage(phone, 'r').start(phone.dossier)
  await phone.blobs.write('r1.0', 'whole')
  await phone.blobs.write('r1.1', 'half', false)
  await kill(phone)
  await openPage(phone, 's').recover()
  const track = (await phone.store.kept('evidence/recording/r1')) as object
  await phone.store.keep('evidence/recording/r1', { ...track, next: 1 })

  await openPage(phone, 't').start(phone.dossier)
  expect(phone.plan?.continues?.segment).toBe(2)
})

test('what was sealed behind the lock before a kill is no part of the gap', async () => {
  const phone = await newPhone(server)
  phone.profile.wall.now = 2_000
  await openPage(phone, 'r').start(phone.dossier)
  await phone.blobs.write('r1.0', 'whole')
  await kill(phone)
  phone.profile.wall.now = 9_000
  await openPage(phone, 's').start(phone.dossier)
  expect(phone.plan?.continues).toEqual({ segment: 1, until: 3_000 })
})

test('S1-4c a run is closed after the last segment, which is sealed by the stop', async () => {
  const phone = await newPhone(server)
  const evidence = openPage(phone, 'r')
  await evidence.start(phone.dossier)
  const [first, second] = [await sealed(phone, 0), await sealed(phone, 1)]
  phone.emit(first)
  phone.last = () => phone.emit(second)
  await evidence.stop(phone.dossier)
  expect(phone.store.records(phone.dossier, 'evidence')).toHaveLength(2)
  await evidence.closeRuns(phone.dossier)
  expect(ledger(phone).map(([, act]) => act)).toEqual([
    'recording_started',
    'captured',
    'captured',
    'run_closed',
  ])
})

test('S1-4c what is recorded after the end of a visit closes its run by itself, once', async () => {
  const phone = await newPhone(server)
  const evidence = openPage(phone, 'r')
  await endVisit(phone)
  await evidence.start(phone.dossier)
  const last = await sealed(phone, 1)
  phone.emit(await sealed(phone, 0))
  await vi.waitFor(() => expect(ledger(phone)).toHaveLength(2))
  phone.last = () => phone.emit(last)
  await evidence.stop(phone.dossier)
  expect(ledger(phone).map(([, act]) => act)).toEqual([
    'recording_started',
    'captured',
    'captured',
    'run_closed',
  ])
})

test('S1-4c what is found after a kill, and after the end of the visit, closes its run', async () => {
  const phone = await newPhone(server)
  await openPage(phone, 'r').start(phone.dossier)
  await endVisit(phone)
  await phone.blobs.write('r1.0', 'half', false)
  await openPage(phone, 's').recover()
  expect(ledger(phone).map(([, act]) => act)).toEqual([
    'recording_started',
    'captured',
    'trimmed',
    'gap',
    'run_closed',
  ])
})

test('S1-4 several gaps of one restart are told as one, by the reason of the longest', async () => {
  const phone = await newPhone(server)
  const evidence = openPage(phone, 'r')
  await evidence.start(phone.dossier)
  const gap = { kind: 'gap', missing: 'all' } as const
  phone.emit({ ...gap, from: 1_000, to: 15_108, reason: 'page_load' })
  phone.emit({ ...gap, from: 20_000, to: 20_037, reason: 'mute' })
  phone.emit({ ...gap, from: 30_000, to: 90_000, reason: 'pause' })
  expect(evidence.recorder.value).toMatchObject({ lostMs: 14_145, lostBy: 'page_load' })
  evidence.gapsTold()
  expect(evidence.recorder.value.lostMs).toBe(0)
  await vi.waitFor(() => expect(ledger(phone).filter(([, act]) => act === 'gap')).toHaveLength(3))
})

test('sending goes on from where the line was cut; a refusal is told', async () => {
  const phone = await newPhone(server)
  phone.answer = 'offline'
  const evidence = openPage(phone, 'p')
  await evidence.keepPhoto(phone.dossier, jpeg('one'), { of: 'f', imported: false })
  await vi.waitFor(() => expect(phone.jobs).toHaveLength(1))
  expect(evidence.items(phone.dossier)[0]?.place).toBe('phone')
  phone.answer = 'refused'
  await vi.waitFor(async () => {
    await evidence.upload()
    expect(phone.jobs.length).toBeGreaterThan(1)
  })
  expect(phone.jobs.at(-1)?.url).toBe('/uploads/1')
  await vi.waitFor(() => expect(evidence.items(phone.dossier)[0]?.refusal).toBe('太大'))
})

test('without a receipt that verifies nothing may be given back', async () => {
  const phone = await newPhone(server)
  const evidence = openPage(phone, 'p')
  await evidence.keepPhoto(phone.dossier, jpeg('one'), { of: 'f', imported: false })
  await vi.waitFor(() => expect(evidence.items(phone.dossier)[0]?.place).toBe('sending'))
  expect(evidence.freeable()).toEqual({ files: 0, bytes: 0 })
  await evidence.free()
  expect(phone.blobs.names()).toEqual(['p1'])
})

test('what is kept while the receipt of the last file is asked for goes up too', async () => {
  const phone = await newPhone(server)
  let answered = (): void => undefined
  const sync = vi.spyOn(phone.store, 'sync').mockImplementationOnce(async () => {
    await new Promise<void>((resolve) => (answered = resolve))
  })
  const evidence = openPage(phone, 'p')
  await evidence.keepPhoto(phone.dossier, jpeg('one'), { of: 'f', imported: false })
  await vi.waitFor(() => expect(sync).toHaveBeenCalledOnce())
  await evidence.keepPhoto(phone.dossier, jpeg('two'), { of: 'f', imported: false })
  await evidence.upload()
  answered()
  await vi.waitFor(() => expect(phone.jobs).toHaveLength(2))
})
