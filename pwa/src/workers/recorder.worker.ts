/**
 * The one writer of evidence files. A slice is encrypted, appended and flushed before the next is
 * looked at; writing itself waits for nothing, so a killed page loses only what it had not sent.
 */
import { type IHasher, createSHA256 } from 'hash-wasm'
import { serve } from '../adapters/blob-calls'
import { BlobFault } from '../adapters/blob-error'
import { fileHandle, openFrame, scanned, type Evidence } from '../adapters/blob-files'
import type { Recovered, Sealed, Stored, WriterCalls } from '../adapters/opfs'
import { type Bytes, fileHeader, isFinished, plainSize, sealSlice } from '../adapters/slices'

/** What this worker needs of `FileSystemSyncAccessHandle`, which the DOM types leave out. */
interface SyncHandle {
  read(into: Bytes, options: { at: number }): number
  write(bytes: Bytes, options: { at: number }): number
  truncate(size: number): void
  getSize(): number
  flush(): void
  close(): void
}

interface SyncFileHandle extends FileSystemFileHandle {
  createSyncAccessHandle?(): Promise<SyncHandle>
}

interface Writer {
  readonly id: string
  readonly key: CryptoKey
  readonly prefix: Bytes
  readonly handle: SyncHandle
  readonly whole: IHasher
  readonly single: IHasher
  end: number
  slices: number
  bytes: number
}

const writers = new Map<string, Writer>()

serve<WriterCalls>({ create, append, finish, abandon, recover })

async function create(ask: WriterCalls['create']['ask']): Promise<void> {
  if (await exists(ask.id)) throw new BlobFault({ code: 'exists' })
  const handle = await syncHandle(await fileHandle(ask.id, true))
  const hashers = { whole: (await createSHA256()).init(), single: await createSHA256() }
  const writer: Writer = { ...ask, ...hashers, handle, end: 0, slices: 0, bytes: 0 }
  put(writer, fileHeader(ask.prefix))
  writers.set(ask.id, writer)
}

async function append({ id, bytes }: WriterCalls['append']['ask']): Promise<Stored> {
  const writer = writerOf(id)
  put(writer, await frame(writer, bytes, false))
  writer.whole.update(bytes)
  writer.slices += 1
  writer.bytes += bytes.length
  return { index: writer.slices - 1, bytes: writer.bytes }
}

async function finish({ id }: WriterCalls['finish']['ask']): Promise<Sealed> {
  const writer = writerOf(id)
  put(writer, await frame(writer, new Uint8Array(0), true))
  close(writer)
  return { sha256: writer.whole.digest('hex'), bytes: writer.bytes, slices: writer.slices }
}

async function abandon({ id }: WriterCalls['abandon']['ask']): Promise<void> {
  const writer = writers.get(id)
  if (writer) close(writer)
}

/**
 * Trims what a killed writer left torn. By lengths alone this needs no key; with the key the last
 * slice is also tried, for a loss of power can leave it whole in length and empty in content. No
 * slice before it is ever cut: one bad slice must not cost the good ones behind it.
 */
async function recover({ id, key }: WriterCalls['recover']['ask']): Promise<Recovered> {
  const file = await fileHandle(id)
  const modified_ms = (await file.getFile()).lastModified
  const handle = await syncHandle(file)
  try {
    const evidence = await scanned(id, bytesOf(handle))
    const lost = key !== undefined && (await lastIsHollow(evidence, key))
    const frames = lost ? evidence.frames.slice(0, -1) : evidence.frames
    const last = frames.at(-1)
    const end = lost && last ? last.at + last.length : evidence.end
    const trimmed = handle.getSize() - end
    if (trimmed > 0) handle.truncate(end)
    handle.flush()
    const finished = isFinished(frames)
    const slices = frames.length - (finished ? 1 : 0)
    return { slices, bytes: plainSize(frames), trimmed, finished, modified_ms }
  } finally {
    handle.close()
  }
}

/** True when the last slice does not open though the one before does: the key is not to blame. */
async function lastIsHollow(evidence: Evidence, key: CryptoKey): Promise<boolean> {
  const last = evidence.frames.length - 1
  if (last < 1) return false
  await openFrame(evidence, key, last - 1)
  return openFrame(evidence, key, last).then(
    () => false,
    () => true,
  )
}

async function frame(writer: Writer, plain: Bytes, last: boolean): Promise<Bytes> {
  const sha256 = new Uint8Array(writer.single.init().update(plain).digest('binary'))
  const place = { id: writer.id, prefix: writer.prefix, index: writer.slices, last }
  return sealSlice(writer.key, place, plain, sha256)
}

/** Appends and flushes; a failure cuts the torn part off and closes the file for good. */
function put(writer: Writer, bytes: Bytes): void {
  try {
    const written = writer.handle.write(bytes, { at: writer.end })
    if (written < bytes.length) throw new BlobFault({ code: 'full' })
    writer.handle.flush()
    writer.end += bytes.length
  } catch (cause) {
    writer.handle.truncate(writer.end)
    close(writer)
    throw cause
  }
}

function close(writer: Writer): void {
  writer.handle.close()
  writers.delete(writer.id)
}

function writerOf(id: string): Writer {
  const writer = writers.get(id)
  if (!writer) throw new BlobFault({ code: 'closed' })
  return writer
}

async function exists(id: string): Promise<boolean> {
  return fileHandle(id).then(
    () => true,
    (cause: unknown) => {
      if (cause instanceof DOMException && cause.name === 'NotFoundError') return false
      throw cause
    },
  )
}

async function syncHandle(file: SyncFileHandle): Promise<SyncHandle> {
  if (!file.createSyncAccessHandle) throw new BlobFault({ code: 'unsupported' })
  return file.createSyncAccessHandle()
}

function bytesOf(handle: SyncHandle) {
  return {
    size: handle.getSize(),
    at: async (from: number, length: number) => {
      const bytes = new Uint8Array(length)
      return bytes.slice(0, handle.read(bytes, { at: from }))
    },
  }
}
