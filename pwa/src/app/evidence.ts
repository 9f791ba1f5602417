/** The evidence service over this browser's camera, microphone and place. */

import { openCamera } from '@/adapters/camera'
import type { Clock } from '@/adapters/clock'
import type { Http, Signal } from '@/adapters/http'
import { thumbnail } from '@/adapters/image'
import { isMetered } from '@/adapters/metered'
import type { BlobStore } from '@/adapters/opfs'
import { locate } from '@/adapters/place'
import { randomHex } from '@/adapters/random'
import { startRecording } from '@/adapters/recorder'
import { VISIT_DEFAULTS } from '@/adapters/recording'
import { RECORDING_LOCK } from '@/adapters/recording-lock'
import { verifyText } from '@/adapters/signature'
import type { upload } from '@/adapters/upload'
import { createEvidence, type EvidenceService } from '@/features/evidence/public'
import type { EvidenceState } from '@/generated/http'
import type { Store } from '@/store'

import { LOCKS, TIMER } from './storage'

/** Whose evidence it is, where its bytes lie, and how they go up. */
export interface EvidenceAt {
  readonly store: Store
  readonly clock: Clock
  readonly blobs: BlobStore
  readonly send: typeof upload
  readonly http: Http
  readonly signal: Signal
}

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

export function evidenceOf({ store, clock, blobs, send, http, signal }: EvidenceAt): EvidenceService {
  const devices = navigator.mediaDevices
  return createEvidence({
    store,
    clock,
    blobs,
    locks: LOCKS,
    timer: TIMER,
    signal,
    record: (plan, emit) => startRecording({ store: blobs, clock, devices }, plan, emit),
    openCamera: () => openCamera(devices, 'environment'),
    locate: () => locate(navigator.geolocation, PLACE_MS),
    send,
    askState: (record) => stateOf(http, record),
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

async function stateOf(http: Http, record: string): Promise<EvidenceState | null> {
  const answer = await http.send({ method: 'GET', path: `/api/v1/evidence/${record}/state` })
  const told = answer.timeline !== null && answer.status === 200
  return told ? (JSON.parse(answer.text) as EvidenceState) : null
}
