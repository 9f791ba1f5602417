/**
 * The store of evidence bytes on the phone: one encrypted file an item (format: slices.ts).
 * Keys are the caller's: one random AES-GCM key per item or recording, kept wrapped elsewhere.
 * All writing happens in the recorder worker; reading happens wherever it is asked.
 */
import { type Call, connect } from './blob-calls'
import { type BlobError, settle } from './blob-error'
import { evidenceFolder, openEvidence, plainRange, plainStream } from './blob-files'
import type { Digest } from './digest'
import type { Outcome } from './outcome'
import { randomBytes } from './random'
import { type Bytes, isFinished, plainSize } from './slices'

export interface Sealed extends Digest {
  readonly slices: number
}

/** A slice that is safely on the disk; `bytes` of plain original so far. */
export interface Stored {
  readonly index: number
  readonly bytes: number
}

export interface Recovered {
  readonly slices: number
  /** Plain bytes that remain. */
  readonly bytes: number
  /** Stored bytes cut off. */
  readonly trimmed: number
  readonly finished: boolean
  /** Wall clock of the last write before the recovery: the latest moment the file can speak of. */
  readonly modified_ms: number
}

export interface BlobSize {
  readonly plain: number
  readonly stored: number
  readonly slices: number
  readonly finished: boolean
}

/** Random access to the plain original. */
export interface PlainSource {
  readonly size: number
  range(start: number, end: number): Promise<Outcome<Bytes, BlobError>>
}

export type WriterCalls = {
  create: { ask: { id: string; key: CryptoKey; prefix: Bytes }; answer: void }
  append: { ask: { id: string; bytes: Bytes }; answer: Stored }
  finish: { ask: { id: string }; answer: Sealed }
  abandon: { ask: { id: string }; answer: void }
  recover: { ask: { id: string; key?: CryptoKey }; answer: Recovered }
}

export interface BlobWriter {
  /** Hands the bytes over (they are transferred); answers when they are flushed. */
  append(bytes: Bytes): Promise<Outcome<Stored, BlobError>>
  /** Seals the file. After any failure the file stays as it is and takes no more bytes. */
  finish(): Promise<Outcome<Sealed, BlobError>>
  /** Lets go of a file that will not be finished; what it holds stays. */
  abandon(): Promise<Outcome<void, BlobError>>
}

export interface BlobStore {
  create(id: string, key: CryptoKey): Promise<Outcome<BlobWriter, BlobError>>
  /** Stores a whole photo or imported file, a mebibyte at a time. */
  put(id: string, key: CryptoKey, original: Blob): Promise<Outcome<Sealed, BlobError>>
  read(id: string, key: CryptoKey): Promise<Outcome<ReadableStream<Bytes>, BlobError>>
  source(id: string, key: CryptoKey): Promise<Outcome<PlainSource, BlobError>>
  size(id: string): Promise<Outcome<BlobSize, BlobError>>
  /** The SHA-256 of every plain slice, 32 bytes each, in order. Needs no key. */
  sidecar(id: string): Promise<Outcome<Bytes, BlobError>>
  list(): Promise<Outcome<readonly string[], BlobError>>
  remove(id: string): Promise<Outcome<void, BlobError>>
  /**
   * Trims a file whose writer was killed; `busy` while a writer lives. The key is optional.
   * `not_evidence`: killed while being made; it holds nothing and may be removed.
   */
  recover(id: string, key?: CryptoKey): Promise<Outcome<Recovered, BlobError>>
}

const PUT_BYTES = 1 << 20

export function openBlobStore(): BlobStore {
  const call: Call<WriterCalls> = connect(
    () => new Worker(new URL('../workers/recorder.worker.ts', import.meta.url), { type: 'module' }),
  )
  const nextPrefix = prefixes()

  const create: BlobStore['create'] = async (id, key) => {
    const made = await call('create', { id, key, prefix: nextPrefix() })
    return made.ok ? { ok: true, value: writer(call, id) } : made
  }

  return {
    create,
    async put(id, key, original) {
      const made = await create(id, key)
      return made.ok ? pour(original, made.value) : made
    },
    read: (id, key) => settle(async () => plainStream(await openEvidence(id), key)),
    source: (id, key) => settle(() => sourceOf(id, key)),
    size: (id) => settle(() => sizeOf(id)),
    sidecar: (id) => settle(() => sidecarOf(id)),
    list: () => settle(names),
    remove: (id) => settle(async () => (await evidenceFolder()).removeEntry(id)),
    recover: (id, key) => call('recover', key ? { id, key } : { id }),
  }
}

/**
 * Nonce prefixes: random where the page begins, then counted, so that the files of one recording,
 * which share a key, never share a prefix within a page life.
 */
function prefixes(): () => Bytes {
  let next = new DataView(randomBytes(4).buffer).getUint32(0)
  return () => {
    const prefix = new Uint8Array(4)
    new DataView(prefix.buffer).setUint32(0, next)
    next = (next + 1) >>> 0
    return prefix
  }
}

function writer(call: Call<WriterCalls>, id: string): BlobWriter {
  return {
    append: (bytes) => call('append', { id, bytes }, [bytes.buffer]),
    finish: () => call('finish', { id }),
    abandon: () => call('abandon', { id }),
  }
}

async function pour(original: Blob, into: BlobWriter): Promise<Outcome<Sealed, BlobError>> {
  for (let at = 0; at < original.size; at += PUT_BYTES) {
    const piece = await settle(() => original.slice(at, at + PUT_BYTES).arrayBuffer())
    const kept = piece.ok ? await into.append(new Uint8Array(piece.value)) : piece
    if (!kept.ok) {
      await into.abandon()
      return kept
    }
  }
  return into.finish()
}

async function sourceOf(id: string, key: CryptoKey): Promise<PlainSource> {
  const evidence = await openEvidence(id)
  return {
    size: plainSize(evidence.frames),
    range: (start, end) => settle(() => plainRange(evidence, key, start, end)),
  }
}

async function sizeOf(id: string): Promise<BlobSize> {
  const { frames, stored } = await openEvidence(id)
  const finished = isFinished(frames)
  const slices = frames.length - (finished ? 1 : 0)
  return { plain: plainSize(frames), stored: stored.size, slices, finished }
}

async function sidecarOf(id: string): Promise<Bytes> {
  const slices = (await openEvidence(id)).frames.filter((frame) => !frame.last)
  return new Uint8Array(await new Blob(slices.map((frame) => frame.sha256)).arrayBuffer())
}

async function names(): Promise<readonly string[]> {
  const ids: string[] = []
  for await (const id of (await evidenceFolder()).keys()) ids.push(id)
  return ids.sort()
}
