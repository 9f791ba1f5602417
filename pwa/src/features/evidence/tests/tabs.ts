/** A phone of the simulated server, its evidence folder, and tabs of the app over both. */

import { randomHex } from '@/adapters/random'
import { RECORDING_LOCK } from '@/adapters/recording-lock'
import type { UploadJob } from '@/adapters/upload'
import type { Store, StoreDeps } from '@/store'
import { enrolledPhone, type EnrolledPhone } from '@/store/tests/enrolled'
import { openStore, PIN, type Profile } from '@/store/tests/phone'
import type { Simulation } from '@/store/tests/simulated'

import { createEvidence } from '../service'
import type { EvidencePorts } from '../service/ports'
import type { EvidenceService } from '../service-key'
import { idlePorts } from './idle-ports'
import { memoryBlobs, type MemoryBlobs } from './memory-blobs'

export interface Phone extends Omit<EnrolledPhone, 'store'> {
  readonly server: Simulation
  readonly blobs: MemoryBlobs
  /** What any tab has sent, in order. */
  readonly jobs: UploadJob[]
  readonly locks: StoreDeps['locks'] & Pick<LockManager, 'query'>
  /** Whether the server takes files, and whether it signs for what it took. */
  takes: 'nothing' | 'unsigned' | 'signed'
}

export interface Tab {
  readonly store: Store
  readonly evidence: EvidenceService
}

/** Enrolled, with one dossier. */
export async function newPhone(server: Simulation): Promise<Phone> {
  const { store, ...enrolled } = await enrolledPhone(server)
  store.close()
  const locks = locksOf(enrolled.profile)
  return { server, ...enrolled, blobs: memoryBlobs(), jobs: [], locks, takes: 'nothing' }
}

export async function newTab(phone: Phone): Promise<Tab> {
  const own = await openStore(phone.profile, phone.reach)
  await own.unlock(PIN)
  const keys = new Map([['k', { id: 'k', use: 'sign', public: 'k' }]])
  const rows = () => (own.gate() === 'open' ? keys : new Map())
  const store = { ...own, register: () => ({ rows: rows(), asOf: 0 }) } as unknown as Store
  return { store, evidence: createEvidence(portsOf(phone, store)) }
}

/** The server has the file of an evidence record, and signs for it. */
export async function receive({ server }: Phone, { store }: Tab, record: string): Promise<void> {
  const [evidence] = (await store.authored('evidence')).filter(({ id }) => id === record)
  const { bytes, sha256 } = evidence?.values ?? {}
  const fields = { evidence: record, bytes, sha256, received: 5, key: 'k', signature: 'by k' }
  await server.ask('write', { dossier: evidence?.dossier, entity: 'receipt', fields })
  await store.sync()
}

function portsOf(phone: Phone, store: Store): EvidencePorts {
  const page = randomHex(8)
  return {
    ...idlePorts(page),
    store,
    clock: { now: () => phone.profile.wall.now, monotonic: () => 0, pageLife: page },
    blobs: phone.blobs.store,
    locks: phone.locks,
    record: async () => {
      const done = { ok: true, value: undefined } as const
      const nothing = async (): Promise<void> => undefined
      const resume = async () => done
      return { ok: true, value: { state: () => 'recording', pause: nothing, resume, stop: nothing } }
    },
    send: async (job) => {
      phone.jobs.push(job)
      if (phone.takes === 'nothing') return { ok: false, error: { code: 'offline' } }
      return { ok: true, value: { url: '' } }
    },
    askState: async (record) => {
      const taken = phone.jobs.some(({ metadata }) => metadata.evidence === record)
      if (phone.takes === 'nothing' || !taken) return null
      const signature = phone.takes === 'signed' ? 'by sign' : ''
      const progress = { state: 'stored', offset: 1, length: 1, receipt: 'r' }
      return { ...progress, received: 7, key: 'sign', signature }
    },
    verify: async (key, _, signature) => {
      return signature === (key === store.signKey()?.public ? 'by sign' : `by ${key}`)
    },
    recording: {
      segmentMs: 1,
      sliceMs: 800,
      audioBits: 32_000,
      videoBits: 0,
      lock: RECORDING_LOCK,
    },
  }
}

/** The profile's lanes, and which of them are held, as Web Locks tell. */
function locksOf({ locks }: Profile): Phone['locks'] {
  const held = new Set<string>()
  return {
    query: async () => ({ held: [...held].map((name) => ({ name })) }),
    request: (name, work) =>
      locks.request(name, async () => {
        held.add(name)
        try {
          return await work()
        } finally {
          held.delete(name)
        }
      }),
  }
}
