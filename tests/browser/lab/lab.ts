/** Puts the adapters on `window.lab`, so that the tests can use them in a real browser. */
import { BlobFault } from '../../../pwa/src/adapters/blob-error'
import * as camera from '../../../pwa/src/adapters/camera'
import { systemClock } from '../../../pwa/src/adapters/clock'
import { thumbnail } from '../../../pwa/src/adapters/image'
import { openBlobStore } from '../../../pwa/src/adapters/opfs'
import { locate } from '../../../pwa/src/adapters/place'
import * as printer from '../../../pwa/src/adapters/printer'
import { saveFile } from '../../../pwa/src/adapters/save-file'
import * as push from '../../../pwa/src/adapters/push'
import * as qr from '../../../pwa/src/adapters/qr'
import { base64, randomBase64url, randomHex } from '../../../pwa/src/adapters/random'
import { startRecording } from '../../../pwa/src/adapters/recorder'
import {
  type RecorderEvent,
  type Recording,
  type RecordingPlan,
  VISIT_DEFAULTS,
} from '../../../pwa/src/adapters/recording'
import * as storage from '../../../pwa/src/adapters/storage'
import { upload } from '../../../pwa/src/adapters/upload'
import { vibrate } from '../../../pwa/src/adapters/vibrate'
import { onVisibility } from '../../../pwa/src/adapters/visibility'
import { keepAwake } from '../../../pwa/src/adapters/wake'

const store = openBlobStore()
const events: RecorderEvent[] = []
const streams: MediaStream[] = []
const skipped = { wall: 0, monotonic: 0 }

/** The real clock, which a test can set forward. */
const clock = {
  now: () => systemClock.now() + skipped.wall,
  monotonic: () => systemClock.monotonic() + skipped.monotonic,
  pageLife: systemClock.pageLife,
}

/** The real devices; the streams they gave stay at hand. */
const devices = {
  getUserMedia: async (constraints?: MediaStreamConstraints) => {
    const stream = await navigator.mediaDevices.getUserMedia(constraints)
    streams.push(stream)
    return stream
  },
  addEventListener: navigator.mediaDevices.addEventListener.bind(navigator.mediaDevices),
  removeEventListener: navigator.mediaDevices.removeEventListener.bind(navigator.mediaDevices),
}

async function key(hexDigits: string): Promise<CryptoKey> {
  const raw = Uint8Array.from(hexDigits.match(/../g) ?? [], (pair) => parseInt(pair, 16))
  return crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt'])
}

let recording: Recording | undefined

async function record(keyHex: string, plan: Partial<RecordingPlan>) {
  const full = { ...VISIT_DEFAULTS, kind: 'audio', recording: 'rec', ...plan } as const
  const begun = await startRecording(
    { store, clock, devices },
    { ...full, key: await key(keyHex) },
    (event) => events.push(event),
  )
  if (begun.ok) recording = begun.value
  return begun.ok ? 'recording' : begun.error
}

/** The plain original in base64, or the error of the stream. */
async function plain(id: string, keyHex: string) {
  const opened = await store.read(id, await key(keyHex))
  if (!opened.ok) return opened.error
  const parts: Uint8Array<ArrayBuffer>[] = []
  try {
    for await (const part of opened.value) parts.push(part)
  } catch (cause) {
    return cause instanceof BlobFault ? cause.error : String(cause)
  }
  return base64(new Uint8Array(await new Blob(parts).arrayBuffer()))
}

/** The stored bytes as a thief would see them. */
async function folder(): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory()
  return root.getDirectoryHandle('evidence', { create: true })
}

async function stored(id: string): Promise<string> {
  const file = await (await (await folder()).getFileHandle(id)).getFile()
  return base64(new Uint8Array(await file.arrayBuffer()))
}

async function plant(id: string, base64Bytes: string): Promise<void> {
  const handle = await (await folder()).getFileHandle(id, { create: true })
  const file = await handle.createWritable()
  await file.write(bytes(base64Bytes))
  await file.close()
}

function bytes(base64Bytes: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64Bytes), (char) => char.charCodeAt(0))
}

async function sending(keyHex: string, id: string, job: object) {
  const source = await store.source(id, await key(keyHex))
  if (!source.ok) return { ...source, seen: [] }
  const seen: (string | number)[] = []
  const metadata = { dossier: 'd.1', evidence: id, sha256: '', type: 'audio/webm' }
  const abort = new AbortController()
  const outcome = await upload(
    {
      endpoint: '/uploads', source: source.value, metadata, headers: {}, chunkBytes: 1 << 20,
      retryDelays: [0, 10, 20], requestTimeoutMs: 5_000, signal: abort.signal, ...job,
    },
    {
      located: (url) => seen.push(url),
      progress: (sent) => {
        seen.push(sent)
        if ('abortAt' in job && sent >= Number(job.abortAt)) abort.abort()
      },
    },
  )
  return { ...outcome, seen }
}

export const lab = {
  store, clock, events, streams, skipped, devices, camera, qr, printer, saveFile,
  push, storage, locate, keepAwake, vibrate, onVisibility, thumbnail, randomHex, randomBase64url,
  base64, bytes, key, record, plain, stored, plant, sending,
  recording: () => recording,
  video: () => document.querySelector('video') as HTMLVideoElement,
}

declare global {
  interface Window {
    lab: typeof lab
  }
}

window.lab = lab
