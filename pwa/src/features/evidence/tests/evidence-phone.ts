/** A phone, one page of the app after another on it, recorder and uploads in the test's hands. */

import type { RecorderEvent, RecordingPlan } from '@/adapters/recording'
import type { UploadJob } from '@/adapters/upload'
import type { Store } from '@/store'
import { enrolledPhone, type EnrolledPhone } from '@/store/tests/enrolled'
import { openStore, PIN } from '@/store/tests/phone'
import type { Simulation } from '@/store/tests/simulated'

import { idlePorts } from './idle-ports'
import { memoryBlobs, type MemoryBlobs } from './memory-blobs'
import { createEvidence } from '../service'
import type { EvidencePorts } from '../service/ports'
import type { EvidenceService } from '../service-key'

export interface Phone extends Omit<EnrolledPhone, 'store'> {
  store: Store
  readonly blobs: MemoryBlobs
  readonly jobs: UploadJob[]
  emit: (event: RecorderEvent) => void
  /** What the recorder was asked for last. */
  plan: RecordingPlan | null
  /** What the recorder tells before it has stopped. */
  last: () => void
  answer: 'ok' | 'offline' | 'refused'
  /** A file is on its way until this settles. */
  way: Promise<void>
}

/** The phone of the first of the officers, who all carry the dossier. */
export async function newPhone(server: Simulation, officers = ['of_1']): Promise<Phone> {
  const enrolled = await enrolledPhone(server, officers)
  const nothing = (): void => undefined
  const recorder = { emit: nothing, plan: null, last: nothing }
  const sent = { blobs: memoryBlobs(), jobs: [], way: Promise.resolve() }
  return { ...enrolled, ...sent, ...recorder, answer: 'ok' }
}

/** A dossier of the office. */
export async function openedFor(server: Simulation, officers: readonly string[]): Promise<string> {
  const { dossier } = (await server.ask('open', { officers })) as { dossier: string }
  return dossier
}

/** Nothing more happens in the page; the next one is opened with the PIN. */
export async function kill(phone: Phone): Promise<void> {
  phone.store.lock()
  phone.store = await openStore(phone.profile, phone.reach)
  await phone.store.unlock(PIN)
}

/** A page of the app over the phone; a second one is the page after a kill. */
export function openPage(phone: Phone, prefix: string): EvidenceService {
  let state: 'recording' | 'stopped' = 'recording'
  const ports: EvidencePorts = {
    ...idlePorts(prefix),
    store: phone.store,
    clock: { now: () => phone.profile.wall.now, monotonic: () => 0, pageLife: prefix },
    blobs: phone.blobs.store,
    locks: phone.profile.locks,
    record: async (plan, emit) => {
      phone.emit = emit
      phone.plan = plan
      const stop = async (): Promise<void> => {
        state = 'stopped'
        phone.last()
        emit({ kind: 'stopped', at: 9_000, elapsed: 8_000 })
      }
      const resume = async () => ({ ok: true, value: undefined }) as const
      return {
        ok: true,
        value: { state: () => state, pause: async () => undefined, resume, stop },
      }
    },
    send: async (job, events) => {
      phone.jobs.push(job)
      events.located(`/uploads/${phone.jobs.length}`)
      await phone.way
      if (phone.answer === 'ok') return { ok: true, value: { url: '' } }
      if (phone.answer === 'offline') return { ok: false, error: { code: 'offline' } }
      const body = JSON.stringify({ title: '太大' })
      return { ok: false, error: { code: 'refused', status: 413, body } }
    },
    askState: async () => null,
    verify: async () => false,
    recording: { segmentMs: 1, sliceMs: 800, audioBits: 32_000, videoBits: 0, lock: 'recording' },
  }
  return createEvidence(ports)
}

export const MIME = 'audio/webm;codecs=opus'

export const jpeg = (text: string): Blob => new Blob([text], { type: 'image/jpeg' })

export const ledger = (phone: Phone) =>
  phone.store
    .records(phone.dossier, 'custody')
    .map(({ values: { n, act, reason } }) => [n, act, reason ?? ''])
    .sort(([one], [two]) => Number(one) - Number(two))

/** A segment of the recording `r1`, whole on the phone. */
export async function sealed(phone: Phone, segment: number): Promise<RecorderEvent> {
  const id = `r1.${segment}`
  const seal = await phone.blobs.write(id, `sound ${segment}`)
  const [started_ms, ended_ms] = [1_000 + 3_000 * segment, 4_000 + 3_000 * segment]
  return { kind: 'segment_sealed', segment, id, mime: MIME, ...seal, started_ms, ended_ms }
}

export async function endVisit({ store, dossier }: Phone): Promise<void> {
  await store.append([{ dossier, entity: 'inspection', fields: { ended: 8_000 } }])
}
