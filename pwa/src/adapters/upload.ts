/**
 * Sends one evidence file by tus 1.0, piece by piece, and goes on where it stopped: after a cut
 * line, after a restart of the app, on another day (architecture.md 6).
 */
import { DetailedError, Upload, type UploadOptions } from 'tus-js-client'
import { type BlobError, BlobFault } from './blob-error'
import type { PlainSource } from './opfs'
import { type Outcome, done, failed } from './outcome'
import { NotNow, tusHttp } from './tus-http'
import { tusReader } from './tus-source'

export interface UploadJob {
  readonly endpoint: string
  /** Where an earlier attempt was created, if one was. */
  readonly url?: string
  readonly source: PlainSource
  readonly metadata: {
    readonly dossier: string
    /** The `evidence` record. */
    readonly evidence: string
    /** SHA-256 of the plain original, lower-case hex. */
    readonly sha256: string
    readonly type: string
  }
  readonly headers: Readonly<Record<string, string>>
  /** 1 to 5 MiB: what a cut line costs at most. */
  readonly chunkBytes: number
  /** Waits before each further try, in ms. A piece that arrives starts the count anew. */
  readonly retryDelays: readonly number[]
  readonly requestTimeoutMs: number
  readonly signal: AbortSignal
}

export interface UploadEvents {
  /** The upload has a place on the server; keep it, it is what a later attempt goes on from. */
  located(url: string): void
  /** Bytes that the server has confirmed. */
  progress(sent: number, total: number): void
}

export type UploadError =
  /** Tried as often as allowed; nothing is lost, try again later. */
  | { readonly code: 'offline' }
  | { readonly code: 'aborted' }
  /** Our server refused: 401 session, 403 right, 413 size … `body` is its problem document. */
  | { readonly code: 'refused'; readonly status: number; readonly body: string }
  | { readonly code: 'unreadable_source'; readonly error: BlobError }

export interface Uploaded {
  readonly url: string
}

export function upload(
  job: UploadJob,
  events: UploadEvents,
): Promise<Outcome<Uploaded, UploadError>> {
  return new Promise((resolve) => {
    if (job.signal.aborted) return resolve(failed({ code: 'aborted' }))
    const tus = new Upload(new Blob(), {
      ...optionsOf(job),
      onUploadUrlAvailable: () => {
        if (tus.url) events.located(tus.url)
      },
      onChunkComplete: (_size, accepted, total) => events.progress(accepted, total),
      onSuccess: () => resolve(done({ url: tus.url ?? '' })),
      onError: (cause) => resolve(failed(uploadError(cause))),
    })
    const abort = () => {
      void tus.abort()
      resolve(failed({ code: 'aborted' }))
    }
    job.signal.addEventListener('abort', abort, { once: true })
    tus.start()
  })
}

function optionsOf(job: UploadJob): UploadOptions {
  return {
    endpoint: job.endpoint,
    uploadUrl: job.url ?? null,
    metadata: { ...job.metadata },
    headers: { ...job.headers },
    chunkSize: job.chunkBytes,
    retryDelays: [...job.retryDelays],
    onShouldRetry: (error) => mayPass(statusOf(error)) && !isUnreadable(error),
    fileReader: tusReader(job.source),
    httpStack: tusHttp(job.requestTimeoutMs),
    // The caller keeps the address, encrypted; the library would put it into localStorage.
    storeFingerprintForResuming: false,
  }
}

/**
 * Whether trying again can help. Each try first asks the server how much it has: so 409 (it has
 * more or less than we thought), 423 (it still writes) and 460 (damaged on the way) pass.
 */
function mayPass(status: number | undefined): boolean {
  return status === undefined || status >= 500 || [409, 423, 429, 460].includes(status)
}

function uploadError(cause: Error): UploadError {
  const inner = innerOf(cause)
  if (inner instanceof BlobFault) return { code: 'unreadable_source', error: inner.error }
  const status = statusOf(cause)
  if (status === undefined || mayPass(status)) return { code: 'offline' }
  const body = cause instanceof DetailedError ? cause.originalResponse?.getBody() : undefined
  return { code: 'refused', status, body: body ?? '' }
}

function statusOf(cause: Error): number | undefined {
  const inner = innerOf(cause)
  if (inner instanceof NotNow) return inner.status
  return cause instanceof DetailedError ? cause.originalResponse?.getStatus() : undefined
}

function isUnreadable(cause: Error): boolean {
  return innerOf(cause) instanceof BlobFault
}

function innerOf(cause: Error): Error {
  return cause instanceof DetailedError ? (cause.causingError ?? cause) : cause
}
