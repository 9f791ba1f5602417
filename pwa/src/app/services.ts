/** The services screens ask for: evidence, the print engine, the papers' builders, the senses. */

import type { App } from 'vue'

import { openCamera } from '@/adapters/camera'
import type { Clock } from '@/adapters/clock'
import { type AppVersion, RECORDING_LOCK } from '@/adapters/app-version'
import { type EngineKeeper, keepEngine } from '@/adapters/engine-files'
import { browserSignal } from '@/adapters/http'
import { thumbnail } from '@/adapters/image'
import { isMetered } from '@/adapters/metered'
import { openBlobStore } from '@/adapters/opfs'
import { locate } from '@/adapters/place'
import { createPrintEngine } from '@/adapters/print-engine'
import { notifyLocally, readyRegistration } from '@/adapters/push'
import { randomHex } from '@/adapters/random'
import { startRecording } from '@/adapters/recorder'
import { VISIT_DEFAULTS } from '@/adapters/recording'
import { verifyText } from '@/adapters/signature'
import { type Bell, ringDue } from '@/features/deadlines/public'
import { ENGINE_KEEPER, PAPERS, PRINT_ENGINE } from '@/features/documents/public'
import { createEvidence, EVIDENCE, type EvidenceService } from '@/features/evidence/public'
import { APP_VERSION, FILES_ONLY_HERE } from '@/features/identity/public'
import { SENSES } from '@/features/inspections/public'
import type { Store } from '@/store'

import { PAPER_TABLE } from './papers'
import { LOCKS, TIMER } from './storage'

const IDLE_MS = 1_000
const RING_MS = 900_000
const PLACE_MS = 10_000
const NAME_HEX = 24
const DAY_MS = 86_400_000
/** A receipted file stays this long all the same: the server's backup comes first. */
const KEEP_MS = 7 * DAY_MS
const SENDING = {
  endpoint: '/uploads',
  chunkBytes: 1_048_576,
  retryDelays: [0, 1_000, 3_000, 10_000],
  requestTimeoutMs: 60_000,
  againAfter: 30_000,
} as const

export function provideServices(app: App, store: Store, clock: Clock, version: AppVersion): void {
  const evidence = evidenceOf(store, clock)
  app.provide(SENSES, { devices: navigator.mediaDevices, geolocation: navigator.geolocation })
  app.provide(EVIDENCE, evidence)
  app.provide(FILES_ONLY_HERE, {
    count: () => evidence.onlyHere(),
    send: () => evidence.upload(),
  })
  app.provide(APP_VERSION, version)
  app.provide(PRINT_ENGINE, createPrintEngine())
  app.provide(PAPERS, PAPER_TABLE)
  app.provide(ENGINE_KEEPER, keptEngine(store))
  sendWhileOpen(store, evidence)
  ringWhileOpen(store, clock)
}

function evidenceOf(store: Store, clock: Clock): EvidenceService {
  const blobs = openBlobStore()
  const devices = navigator.mediaDevices
  return createEvidence({
    store,
    clock,
    blobs,
    locks: LOCKS,
    timer: TIMER,
    signal: browserSignal,
    record: (plan, emit) => startRecording({ store: blobs, clock, devices }, plan, emit),
    openCamera: () => openCamera(devices, 'environment'),
    locate: () => locate(navigator.geolocation, PLACE_MS),
    // Kept out of the first load: nothing is sent before something was captured.
    send: async (job, events) => (await import('@/adapters/upload')).upload(job, events),
    verify: verifyText,
    preview: thumbnail,
    newName: () => randomHex(NAME_HEX),
    metered: isMetered,
    sending: SENDING,
    recording: { ...VISIT_DEFAULTS, lock: RECORDING_LOCK },
    freeAfter: KEEP_MS,
    onTrouble: (error) => console.error(error),
  })
}

/** The print engine comes while the phone has a server, after what is wanted at once. */
function keptEngine(store: Store): EngineKeeper {
  const engine = keepEngine()
  const fetch = (): void => void engine.fetch().catch((error: unknown) => console.error(error))
  let reached = false
  store.subscribe(() => {
    const reaches = store.status().network === 'ok'
    if (reaches && !reached && engine.files.value.state !== 'coming') TIMER(IDLE_MS, fetch)
    reached = reaches
  })
  return engine
}

/** Reminders ring at the opening and each quarter of an hour while the store is open. */
function ringWhileOpen(store: Store, clock: Clock): void {
  const bell: Bell = async (notice) => (await notifyLocally(await readyRegistration(), notice)).ok
  let open = false
  let callOff = (): void => undefined
  const ring = (): void => {
    callOff()
    if (!open) return
    ringDue(store, bell, clock.now()).catch((error: unknown) => console.error(error))
    callOff = TIMER(RING_MS, ring)
  }
  store.subscribe(() => {
    const opened = store.gate() === 'open' && !open
    open = store.gate() === 'open'
    if (opened) ring()
  })
}

/** Evidence goes up from the moment the store opens. */
function sendWhileOpen(store: Store, evidence: EvidenceService): void {
  let open = false
  store.subscribe(() => {
    const opened = store.gate() === 'open' && !open
    open = store.gate() === 'open'
    if (opened) void evidence.upload().catch((error: unknown) => console.error(error))
  })
}
