import { failed, type Outcome } from './outcome'

export type BlobError =
  | { readonly code: 'missing' }
  /** A file of this name is already there: evidence is never written over. */
  | { readonly code: 'exists' }
  /** A writer, perhaps in another tab, holds the file. */
  | { readonly code: 'busy' }
  /** No space. All slices stored before are kept. */
  | { readonly code: 'full' }
  /** The writer was closed by an earlier failure. */
  | { readonly code: 'closed' }
  | { readonly code: 'not_evidence' }
  /** A slice does not open: another key, or changed bytes; AES-GCM cannot tell which. */
  | { readonly code: 'unreadable'; readonly slice: number }
  | { readonly code: 'unsupported' }
  | { readonly code: 'failed'; readonly detail: string }

/** Carries a `BlobError` through code that may only throw: streams and workers' insides. */
export class BlobFault extends Error {
  constructor(readonly error: BlobError) {
    super(error.code)
    this.name = 'BlobFault'
  }
}

const BY_EXCEPTION: Readonly<Record<string, BlobError>> = {
  NotFoundError: { code: 'missing' },
  NoModificationAllowedError: { code: 'busy' },
  QuotaExceededError: { code: 'full' },
}

export function blobError(cause: unknown): BlobError {
  if (cause instanceof BlobFault) return cause.error
  const { name, message } = cause instanceof Error ? cause : new Error(String(cause))
  return BY_EXCEPTION[name] ?? { code: 'failed', detail: `${name}: ${message}` }
}

/** Runs `work` and turns whatever it throws into a value. */
export async function settle<Value>(
  work: () => Promise<Value>,
): Promise<Outcome<Value, BlobError>> {
  try {
    return { ok: true, value: await work() }
  } catch (cause) {
    return failed(blobError(cause))
  }
}
