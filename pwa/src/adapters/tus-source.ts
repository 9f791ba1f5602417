/** Feeds tus-js-client from an encrypted file: slices are decrypted as they are sent. */
import type { FileReader as TusFileReader } from 'tus-js-client'
import { BlobFault } from './blob-error'
import type { PlainSource } from './opfs'

export function tusReader(source: PlainSource): TusFileReader {
  return {
    openFile: () =>
      Promise.resolve({
        size: source.size,
        async slice(start: number, end: number) {
          const read = await source.range(start, end)
          if (!read.ok) throw new BlobFault(read.error)
          // tus-js-client takes the length of a piece from `size`.
          return { value: new Blob([read.value]), done: end >= source.size }
        },
        close: () => undefined,
      }),
  }
}
