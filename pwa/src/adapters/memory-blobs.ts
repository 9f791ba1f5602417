/** Evidence bytes held in memory alone: the practice visit's photos, sound and papers. */

import type { BlobError } from './blob-error'
import { digestBytes } from './digest'
import type { BlobStore, BlobWriter } from './opfs'
import { done, failed, type Outcome } from './outcome'
import type { Bytes } from './slices'

interface MemoryFile {
  readonly slices: Bytes[]
  finished: boolean
  modified: number
}

export interface MemoryBlobs extends BlobStore {
  /** Lets go of every byte. */
  empty(): void
}

const MISSING: BlobError = { code: 'missing' }

/** `now`: UTC ms. */
export function memoryBlobs(now: () => number): MemoryBlobs {
  const files = new Map<string, MemoryFile>()

  const create: BlobStore['create'] = async (id) => {
    if (files.has(id)) return failed({ code: 'exists' })
    const file: MemoryFile = { slices: [], finished: false, modified: now() }
    files.set(id, file)
    return done(writerOf(file, now))
  }
  const of = async <Value>(
    id: string,
    read: (file: MemoryFile) => Value | Promise<Value>,
  ): Promise<Outcome<Value, BlobError>> => {
    const file = files.get(id)
    return file ? done(await read(file)) : failed(MISSING)
  }

  return {
    create,
    put: async (id, key, original) => {
      const made = await create(id, key)
      if (!made.ok) return made
      await made.value.append(new Uint8Array(await original.arrayBuffer()))
      return made.value.finish()
    },
    read: (id) => of(id, ({ slices }) => new Blob(slices).stream() as ReadableStream<Bytes>),
    source: (id) =>
      of(id, async ({ slices }) => {
        const bytes = await whole(slices)
        const range = async (from: number, to: number) => done(bytes.slice(from, to))
        return { size: bytes.length, range }
      }),
    size: (id) =>
      of(id, ({ slices, finished }) => {
        const plain = sizeOf(slices)
        return { plain, stored: plain, slices: slices.length, finished }
      }),
    sidecar: (id) => of(id, ({ slices }) => sidecarOf(slices)),
    list: async () => done([...files.keys()].sort()),
    remove: async (id) => done(void files.delete(id)),
    recover: (id) =>
      of(id, ({ slices, finished, modified }) => {
        const about = { slices: slices.length, bytes: sizeOf(slices), trimmed: 0 }
        return { ...about, finished, modified_ms: modified }
      }),
    empty: () => files.clear(),
  }
}

function writerOf(file: MemoryFile, now: () => number): BlobWriter {
  return {
    append: async (bytes) => {
      file.slices.push(bytes)
      file.modified = now()
      return done({ index: file.slices.length - 1, bytes: sizeOf(file.slices) })
    },
    finish: async () => {
      file.finished = true
      const sha256 = await digestBytes(await whole(file.slices))
      return done({ sha256, bytes: sizeOf(file.slices), slices: file.slices.length })
    },
    abandon: async () => done(undefined),
  }
}

async function sidecarOf(slices: readonly Bytes[]): Promise<Bytes> {
  const digests = slices.map((slice) => crypto.subtle.digest('SHA-256', slice))
  return whole(await Promise.all(digests))
}

async function whole(parts: readonly BlobPart[]): Promise<Bytes> {
  return new Uint8Array(await new Blob([...parts]).arrayBuffer())
}

function sizeOf(slices: readonly Bytes[]): number {
  return slices.reduce((sum, { length }) => sum + length, 0)
}
