/** SHA-256 of the plain original of a stored file, off the page's thread. */
import { serve } from '../adapters/blob-calls'
import { openEvidence, plainStream } from '../adapters/blob-files'
import { digestStream } from '../adapters/digest'
import type { HashingCalls } from '../adapters/hashing'

serve<HashingCalls>({
  hash: async ({ id, key }) => digestStream(plainStream(await openEvidence(id), key)),
})
