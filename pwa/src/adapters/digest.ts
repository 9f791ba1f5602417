import { hex } from './random'

export interface Digest {
  /** SHA-256, lower-case hex. */
  readonly sha256: string
  readonly bytes: number
}

/** SHA-256 of a stream, holding one chunk at a time. Rejects with what the stream errors with. */
export async function digestStream(stream: ReadableStream<Uint8Array>): Promise<Digest> {
  const { createSHA256 } = await import('hash-wasm')
  const hasher = (await createSHA256()).init()
  const reader = stream.getReader()
  let bytes = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return { sha256: hasher.digest('hex'), bytes }
    hasher.update(value)
    bytes += value.length
  }
}

/** SHA-256 of bytes in hand, lower-case hex. */
export async function digestBytes(bytes: BufferSource): Promise<string> {
  return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))
}
