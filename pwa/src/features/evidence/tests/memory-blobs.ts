/** The evidence folder in memory: OPFS is the browser's alone. */

import { digestBytes } from '@/adapters/digest'
import type { BlobStore, Sealed } from '@/adapters/opfs'
import { done, failed } from '@/adapters/outcome'

interface File {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly finished: boolean
}

export interface MemoryBlobs {
  readonly store: BlobStore
  full: boolean
  names(): readonly string[]
  /** As a recorder does; without `finished` it was killed. */
  write(id: string, text: string, finished?: boolean): Promise<Sealed>
}

const MISSING = { code: 'missing' } as const

export function memoryBlobs(): MemoryBlobs {
  const files = new Map<string, File>()

  const sealed = async ({ bytes }: File): Promise<Sealed> => {
    return { sha256: await digestBytes(bytes), bytes: bytes.length, slices: 1 }
  }
  const write = async (id: string, bytes: Uint8Array<ArrayBuffer>, finished: boolean) => {
    const file = { bytes, finished }
    files.set(id, file)
    return sealed(file)
  }

  const blobs: MemoryBlobs = {
    full: false,
    names: () => [...files.keys()].sort(),
    write: (id, text, finished = true) => write(id, new TextEncoder().encode(text), finished),
    store: {
      create: async () => failed({ code: 'unsupported' }),
      async put(id, _key, original) {
        const bytes = new Uint8Array(await original.arrayBuffer())
        const made = await write(id, blobs.full ? bytes.slice(0, 1) : bytes, !blobs.full)
        return blobs.full ? failed({ code: 'full' }) : done(made)
      },
      async read(id) {
        const file = files.get(id)
        return file ? done(new Blob([file.bytes]).stream()) : failed(MISSING)
      },
      async source(id) {
        const file = files.get(id)
        if (!file) return failed(MISSING)
        const range = async (from: number, to: number) => done(file.bytes.slice(from, to))
        return done({ size: file.bytes.length, range })
      },
      async size(id) {
        const file = files.get(id)
        if (!file) return failed(MISSING)
        const length = file.bytes.length
        return done({ plain: length, stored: length, slices: 1, finished: file.finished })
      },
      sidecar: async () => done(new Uint8Array(32)),
      list: async () => done(blobs.names()),
      async remove(id) {
        files.delete(id)
        return done(undefined)
      },
      async recover(id) {
        const file = files.get(id)
        if (!file) return failed(MISSING)
        const { bytes, finished } = file
        return done({ slices: 1, bytes: bytes.length, trimmed: 0, finished, modified_ms: 3_000 })
      },
    },
  }
  return blobs
}
