import { type Call, connect } from './blob-calls'
import type { BlobError } from './blob-error'
import type { Digest } from './digest'
import type { Outcome } from './outcome'

export type HashingCalls = {
  hash: { ask: { id: string; key: CryptoKey }; answer: Digest }
}

export interface Hashing {
  /** SHA-256 of the plain original, for example of a recording recovered after a kill. */
  hash(id: string, key: CryptoKey): Promise<Outcome<Digest, BlobError>>
}

export function startHashing(): Hashing {
  const call: Call<HashingCalls> = connect(
    () => new Worker(new URL('../workers/hashing.worker.ts', import.meta.url), { type: 'module' }),
  )
  return { hash: (id, key) => call('hash', { id, key }) }
}
