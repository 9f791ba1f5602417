/** Evidence files in the origin private file system; usable in pages and in workers. */
import { BlobFault } from './blob-error'
import { type Bytes, type Scan, type StoredBytes, openSlice, plainSize, scanFrames } from './slices'

const FOLDER = 'evidence'
const NAME = /^[a-z0-9][a-z0-9.-]{0,120}$/

export interface Evidence extends Scan {
  readonly id: string
  readonly stored: StoredBytes
}

export async function evidenceFolder(): Promise<FileSystemDirectoryHandle> {
  if (!navigator.storage?.getDirectory) throw new BlobFault({ code: 'unsupported' })
  const root = await navigator.storage.getDirectory()
  return root.getDirectoryHandle(FOLDER, { create: true })
}

export async function fileHandle(id: string, create = false): Promise<FileSystemFileHandle> {
  if (!NAME.test(id)) throw new BlobFault({ code: 'failed', detail: `file name: ${id}` })
  return (await evidenceFolder()).getFileHandle(id, { create })
}

/** Finds the frames of a stored file. Throws `BlobFault`. */
export async function openEvidence(id: string): Promise<Evidence> {
  const file = await (await fileHandle(id)).getFile()
  return scanned(id, {
    size: file.size,
    at: async (from, length) =>
      new Uint8Array(await file.slice(from, from + length).arrayBuffer()),
  })
}

export async function scanned(id: string, stored: StoredBytes): Promise<Evidence> {
  const scan = await scanFrames(stored)
  if (!scan) throw new BlobFault({ code: 'not_evidence' })
  return { id, stored, ...scan }
}

/** The plain bytes of frame `index`. Throws `BlobFault` unreadable. */
export async function openFrame(evidence: Evidence, key: CryptoKey, index: number): Promise<Bytes> {
  const frame = evidence.frames[index]
  if (!frame) throw new RangeError(`frame ${index}`)
  const place = { id: evidence.id, prefix: evidence.prefix, index, last: frame.last }
  const sealed = await evidence.stored.at(frame.at, frame.length)
  try {
    return await openSlice(key, place, sealed)
  } catch {
    throw new BlobFault({ code: 'unreadable', slice: index })
  }
}

/** The plain original, slice by slice; errors with `BlobFault` at the first unreadable slice. */
export function plainStream(evidence: Evidence, key: CryptoKey): ReadableStream<Bytes> {
  let index = 0
  return new ReadableStream<Bytes>(
    {
      async pull(controller) {
        if (index >= evidence.frames.length) return controller.close()
        // An empty last frame is opened too: it proves that nothing was cut off behind it.
        controller.enqueue(await openFrame(evidence, key, index))
        index += 1
      },
    },
    { highWaterMark: 0 },
  )
}

/** The plain bytes from `start` up to, not including, `end`; shorter at the end of the file. */
export async function plainRange(
  evidence: Evidence,
  key: CryptoKey,
  start: number,
  end: number,
): Promise<Bytes> {
  const stop = Math.min(end, plainSize(evidence.frames))
  const range = new Uint8Array(Math.max(0, stop - start))
  for (const [index, frame] of evidence.frames.entries()) {
    const next = evidence.frames[index + 1]?.plainAt ?? stop
    if (next <= start || frame.plainAt >= stop) continue
    const plain = await openFrame(evidence, key, index)
    const from = Math.max(0, start - frame.plainAt)
    const piece = plain.subarray(from, stop - frame.plainAt)
    range.set(piece, frame.plainAt + from - start)
  }
  return range
}
