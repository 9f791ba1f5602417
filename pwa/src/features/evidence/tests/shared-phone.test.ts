/** One browser, two officers, each behind his PIN: nobody's evidence becomes another's. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest'

import { PIN } from '@/store/tests/phone'
import { simulate, type Simulation } from '@/store/tests/simulated'

import {
  endVisit,
  jpeg,
  MIME,
  newPhone,
  openedFor,
  openPage,
  type Phone,
  sealed,
} from './evidence-phone'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let server: Simulation
beforeAll(() => {
  server = simulate()
})
afterAll(() => server.end())

const PHOTO = { of: 'f', imported: false }

interface Shared extends Phone {
  readonly first: string
  readonly second: string
  /** Of the second officer alone. */
  readonly other: string
}

/** Two enrolments that carry one dossier; the first officer's is open. */
async function sharedPhone(): Promise<Shared> {
  const phone = await newPhone(server, ['of_1', 'of_2'])
  const other = await openedFor(server, ['of_2'])
  const first = phone.store.person()?.device ?? ''
  phone.store.lock()
  await phone.store.login('of_2', 'a password')
  await phone.store.enrol(PIN, 'phone')
  await phone.store.sync()
  const second = phone.store.person()?.device ?? ''
  phone.store.lock()
  await phone.store.unlock(PIN, first)
  return { ...phone, first, second, other }
}

async function handTo({ store }: Phone, device: string): Promise<void> {
  store.lock()
  await store.unlock(PIN, device)
}

const actsOf = ({ store }: Phone, device: string, dossier: string) =>
  store
    .records(dossier, 'custody')
    .filter((each) => each.device === device)
    .map(({ values }) => values.act)

test('a colleague’s photos are entered while facts of a recording wait for their officer', async () => {
  const phone = await sharedPhone()
  const evidence = openPage(phone, 'r')
  await evidence.start(phone.dossier)
  await vi.waitFor(() => expect(actsOf(phone, phone.first, phone.dossier)).toHaveLength(1))
  phone.store.lock()
  phone.emit({ kind: 'started', segment: 0, mime: MIME, at: 1_000 })
  phone.emit({ kind: 'gap', missing: 'all', from: 1_500, to: 1_600, reason: 'mute' })
  await phone.store.unlock(PIN, phone.second)

  const photos = [1, 2, 3, 4, 5].map((n) => evidence.keepPhoto(phone.other, jpeg(`${n}`), PHOTO))
  await vi.waitFor(() => expect(actsOf(phone, phone.second, phone.other)).toHaveLength(5))
  expect(new Set(await Promise.all(photos)).size).toBe(5)
  await handTo(phone, phone.first)
  await vi.waitFor(() => {
    expect(actsOf(phone, phone.first, phone.dossier)).toEqual(['recording_started', 'gap'])
  })
})

test('a segment sealed while a colleague is there is of the officer who began to record', async () => {
  const phone = await sharedPhone()
  const evidence = openPage(phone, 'r')
  await evidence.start(phone.dossier)
  await vi.waitFor(() => expect(actsOf(phone, phone.first, phone.dossier)).toHaveLength(1))
  await handTo(phone, phone.second)
  phone.emit(await sealed(phone, 0))
  await evidence.keepPhoto(phone.dossier, jpeg('one'), PHOTO)
  expect(actsOf(phone, phone.second, phone.dossier)).toEqual(['captured'])
  expect(evidence.onlyHere()).toBe(1)

  await handTo(phone, phone.first)
  const own = () =>
    phone.store.records(phone.dossier, 'evidence').filter(({ device }) => device === phone.first)
  await vi.waitFor(() => expect(own()).toHaveLength(1))
  expect(own()[0]?.values).toMatchObject({ kind: 'audio', officer: 'of_1', bytes: 7 })
  expect(actsOf(phone, phone.first, phone.dossier)).toEqual(['recording_started', 'captured'])
  expect(evidence.onlyHere()).toBe(2)
})

test('a photo half entered when a colleague takes the phone is not entered by him', async () => {
  const phone = await sharedPhone()
  const evidence = openPage(phone, 'p')
  const { sidecar } = phone.blobs.store
  vi.spyOn(phone.blobs.store, 'sidecar').mockImplementationOnce(async (file) => {
    await handTo(phone, phone.second)
    return sidecar(file)
  })
  const kept = evidence.keepPhoto(phone.dossier, jpeg('one'), PHOTO)
  await vi.waitFor(() => expect(phone.store.person()?.device).toBe(phone.second))
  await evidence.keepPhoto(phone.dossier, jpeg('two'), PHOTO)
  expect(actsOf(phone, phone.second, phone.dossier)).toEqual(['captured'])
  await handTo(phone, phone.first)
  expect(phone.store.record(phone.dossier, 'evidence', await kept)?.device).toBe(phone.first)
  expect(actsOf(phone, phone.first, phone.dossier)).toEqual(['captured'])
})

test('a colleague who ends the visit closes his run at once, the recorder’s follows', async () => {
  const phone = await sharedPhone()
  const evidence = openPage(phone, 'r')
  await evidence.start(phone.dossier)
  await vi.waitFor(() => expect(actsOf(phone, phone.first, phone.dossier)).toHaveLength(1))
  await endVisit(phone)
  await handTo(phone, phone.second)
  await evidence.mark()
  await evidence.keepPhoto(phone.dossier, jpeg('one'), PHOTO)
  const last = await sealed(phone, 0)
  phone.last = () => phone.emit(last)
  await evidence.stop(phone.dossier)
  await evidence.closeRuns(phone.dossier)
  expect(actsOf(phone, phone.second, phone.dossier)).toEqual(['mark', 'captured', 'run_closed'])

  await handTo(phone, phone.first)
  const acts = ['recording_started', 'captured', 'run_closed']
  await vi.waitFor(() => expect(actsOf(phone, phone.first, phone.dossier)).toEqual(acts))
})

test('a colleague who ends a visit of his own leaves the recording of another alone', async () => {
  const phone = await sharedPhone()
  const evidence = openPage(phone, 'r')
  await evidence.start(phone.dossier)
  await handTo(phone, phone.second)
  await evidence.keepPhoto(phone.other, jpeg('one'), PHOTO)
  await evidence.stop(phone.other)
  await evidence.closeRuns(phone.other)
  expect(evidence.recorder.value).toMatchObject({ state: 'recording', dossier: phone.dossier })
  expect(actsOf(phone, phone.second, phone.other)).toEqual(['captured', 'run_closed'])
})

test('a colleague’s files are neither counted nor sent', async () => {
  const phone = await sharedPhone()
  const evidence = openPage(phone, 'p')
  phone.answer = 'offline'
  await evidence.keepPhoto(phone.dossier, jpeg('one'), PHOTO)
  await vi.waitFor(() => expect(phone.jobs).toHaveLength(1))
  await evidence.upload()
  const sent = phone.jobs.length

  await handTo(phone, phone.second)
  phone.answer = 'refused'
  await evidence.upload()
  expect(phone.jobs).toHaveLength(sent)
  expect(evidence.onlyHere()).toBe(0)

  await handTo(phone, phone.first)
  phone.answer = 'ok'
  expect(evidence.onlyHere()).toBe(1)
  await vi.waitFor(() => expect(phone.jobs.length).toBeGreaterThan(sent))
})

test('what a colleague’s session is refused is no refusal of the file that was on its way', async () => {
  const phone = await sharedPhone()
  const evidence = openPage(phone, 'p')
  let arrive = (): void => undefined
  phone.way = new Promise((resolve) => (arrive = resolve))
  await evidence.keepPhoto(phone.dossier, jpeg('one'), PHOTO)
  await vi.waitFor(() => expect(phone.jobs).toHaveLength(1))
  await handTo(phone, phone.second)
  phone.answer = 'refused'
  arrive()
  await evidence.keepPhoto(phone.dossier, jpeg('two'), PHOTO)
  await vi.waitFor(() => expect(evidence.items(phone.dossier)[0]?.refusal).toBe('太大'))

  phone.answer = 'offline'
  await handTo(phone, phone.first)
  expect(evidence.items(phone.dossier).find(({ own }) => own)?.refusal).toBe('')
})

test('a recovery that the lock has cut short does not keep a colleague from recording', async () => {
  const phone = await sharedPhone()
  await openPage(phone, 'r').start(phone.dossier)
  await phone.blobs.write('r1.0', 'half', false)
  const evidence = openPage(phone, 's')
  vi.spyOn(phone.blobs.store, 'read').mockImplementationOnce(async () => {
    phone.store.lock()
    return { ok: true, value: new Blob(['half']).stream() }
  })
  const recovered = evidence.recover()
  await vi.waitFor(() => expect(phone.store.gate()).toBe('locked'))
  await phone.store.unlock(PIN, phone.second)
  await evidence.start(phone.other)
  expect(evidence.recorder.value).toMatchObject({ state: 'recording', dossier: phone.other })
  await handTo(phone, phone.first)
  expect(await recovered).toMatchObject([{ dossier: phone.dossier, recording: 'r1' }])
})
