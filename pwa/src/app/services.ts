/** The services screens ask for: evidence, the print engine, the papers' builders, the senses. */

import type { App } from 'vue'

import type { Clock } from '@/adapters/clock'
import type { AppVersion } from '@/adapters/app-version'
import { type EngineKeeper, keepEngine } from '@/adapters/engine-files'
import { browserSignal, type Http } from '@/adapters/http'
import { openBlobStore } from '@/adapters/opfs'
import { createPrintEngine } from '@/adapters/print-engine'
import { notifyLocally, readyRegistration } from '@/adapters/push'
import { type Bell, ringDue, UNDATED } from '@/features/deadlines/public'
import { ENGINE_KEEPER, PAPERS, PRINT_ENGINE } from '@/features/documents/public'
import { EVIDENCE, type EvidenceService, type RecorderView } from '@/features/evidence/public'
import { APP_VERSION, type Behind, BEHIND_THE_LOCK, FILES_ONLY_HERE, PRACTICE } from '@/features/identity/public'
import type { upload } from '@/adapters/upload'
import { SENSES } from '@/features/inspections/public'
import { anewDuties } from '@/features/rectification/public'
import type { Store } from '@/store'

import { evidenceOf } from './evidence'
import { PAPER_TABLE } from './papers'
import { practiceRoom, ROOM } from './practice'
import { TIMER } from './storage'

const IDLE_MS = 1_000
const RING_MS = 900_000

/** Answers the officer's own evidence. */
export function provideServices(
  app: App,
  store: Store,
  clock: Clock,
  version: AppVersion,
  http: Http,
): EvidenceService {
  /** Kept out of the first load: nothing is sent before something was captured. */
  const send: typeof upload = async (job, events) => (await import('@/adapters/upload')).upload(job, events)
  const own = { store, clock, blobs: openBlobStore(), send, http, signal: browserSignal }
  const evidence = evidenceOf(own)
  app.provide(SENSES, { devices: navigator.mediaDevices, geolocation: navigator.geolocation })
  app.provide(EVIDENCE, evidence)
  app.provide(FILES_ONLY_HERE, {
    count: () => evidence.onlyHere(),
    left: () => evidence.left(),
    send: () => evidence.upload(),
    sendAll: () => evidence.useAnyNetwork(),
  })
  app.provide(BEHIND_THE_LOCK, () => behindTheLock(evidence.recorder.value))
  app.provide(APP_VERSION, version)
  const room = practiceRoom({ store, clock, evidence })
  app.provide(ROOM, room).provide(PRACTICE, room)
  app.provide(PRINT_ENGINE, createPrintEngine())
  app.provide(PAPERS, PAPER_TABLE)
  app.provide(UNDATED, anewDuties)
  app.provide(ENGINE_KEEPER, keptEngine(store))
  sendWhileOpen(store, evidence)
  ringWhileOpen(store, clock)
  return evidence
}

/** Null before anything is recorded, a microphone that did not open among it. */
function behindTheLock({ state, elapsedMs }: RecorderView): Behind | null {
  if (state === 'off' || elapsedMs === 0) return null
  const told = state === 'recording' || state === 'paused' ? state : 'stopped'
  return { state: told, elapsedMs }
}

/** The print engine comes while the phone has a server, after what is wanted at once. */
function keptEngine(store: Store): EngineKeeper {
  const engine = keepEngine()
  const fetch = (): void => void engine.fetch().catch((error: unknown) => console.error(error))
  whenever(store, () => reaches(store), () => {
    if (engine.files.value.state !== 'coming') TIMER(IDLE_MS, fetch)
  })
  return engine
}

/** Reminders ring at the opening and each quarter of an hour while the store is open. */
function ringWhileOpen(store: Store, clock: Clock): void {
  const bell: Bell = async (notice) => (await notifyLocally(await readyRegistration(), notice)).ok
  let callOff = (): void => undefined
  const ring = (): void => {
    callOff()
    if (!isOpen(store)) return
    ringDue(store, bell, clock.now()).catch((error: unknown) => console.error(error))
    callOff = TIMER(RING_MS, ring)
  }
  whenever(store, () => isOpen(store), ring)
}

/** Evidence goes up from the moment the store opens, and again when the server is reached anew: a
 * file that met an ended session need not wait for its turn once the session is renewed. */
function sendWhileOpen(store: Store, evidence: EvidenceService): void {
  const send = (): void => void evidence.upload().catch((error: unknown) => console.error(error))
  whenever(store, () => isOpen(store), send)
  whenever(store, () => isOpen(store) && reaches(store), send)
}

const isOpen = (store: Store): boolean => store.gate() === 'open'
const reaches = (store: Store): boolean => store.status().network === 'ok'

/** Acts each time what was not so becomes so. */
function whenever(store: Store, holds: () => boolean, act: () => void): void {
  let held = false
  store.subscribe(() => {
    const before = held
    held = holds()
    if (held && !before) act()
  })
}
