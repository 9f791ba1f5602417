/** A phone of the simulated server, its evidence folder, and pages of the app over both. */

import { randomHex } from '@/adapters/random'
import type { UploadJob } from '@/adapters/upload'
import type { Store } from '@/store'
import { newProfile, openStore, PIN, type Profile, serverPair } from '@/store/tests/phone'
import type { Reach, Simulation } from '@/store/tests/simulated'

import { createEvidence } from '../service'
import type { EvidencePorts } from '../service/ports'
import type { EvidenceService } from '../service-key'
import { memoryBlobs, type MemoryBlobs } from './memory-blobs'

export interface Phone {
  readonly profile: Profile
  readonly reach: Reach
  readonly blobs: MemoryBlobs
  readonly dossier: string
  /** What any page has sent, in order. */
  readonly jobs: UploadJob[]
}

/** One tab: a store of its own over what the tabs of a profile share. */
export interface Page {
  readonly store: Store
  readonly evidence: EvidenceService
}

export async function newPhone(server: Simulation): Promise<Phone & Page> {
  const { dossier } = (await server.ask('open', { officers: ['of_1'] })) as { dossier: string }
  const { public: key } = await serverPair()
  const reach = server.reach({ hpke_public: key, sign_public: key })
  const phone = { profile: newProfile(), reach, blobs: memoryBlobs(), dossier, jobs: [] }
  const store = await openStore(phone.profile, reach)
  await store.login('of_1', 'a password')
  await store.enrol(PIN, 'phone')
  await store.sync()
  return { ...phone, store, evidence: createEvidence(portsOf(phone, store)) }
}

function portsOf(phone: Phone, store: Store): EvidencePorts {
  let names = 0
  const page = randomHex(8)
  return {
    store,
    clock: { now: () => phone.profile.wall.now, monotonic: () => 0, pageLife: page },
    blobs: phone.blobs.store,
    locks: phone.profile.locks,
    timer: () => () => undefined,
    signal: { present: () => true, onHint: () => () => undefined },
    record: async () => ({ ok: false, error: { code: 'unsupported' } }),
    openCamera: async () => ({ ok: false, error: { code: 'no_device' } }),
    locate: async () => ({ ok: false, error: { code: 'unsupported' } }),
    send: async (job) => {
      phone.jobs.push(job)
      return { ok: false, error: { code: 'offline' } }
    },
    verify: async () => true,
    preview: async (original) => ({ ok: true, value: original }),
    newName: () => `${page}${(names += 1)}`,
    metered: () => false,
    sending: {
      endpoint: '/uploads',
      chunkBytes: 1,
      retryDelays: [],
      requestTimeoutMs: 1,
      againAfter: 1,
    },
    recording: { segmentMs: 1, sliceMs: 800, audioBits: 32_000, videoBits: 0, lock: 'recording' },
    freeAfter: 0,
    onTrouble: (error) => {
      throw error
    },
  }
}
