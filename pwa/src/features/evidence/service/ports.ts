/** Everything the service touches; the app knows where it comes from. */

import type { Camera, CameraError } from '@/adapters/camera'
import type { Clock } from '@/adapters/clock'
import type { BlobStore } from '@/adapters/opfs'
import type { Outcome } from '@/adapters/outcome'
import type { Place, PlaceError } from '@/adapters/place'
import type {
  RecorderError,
  RecorderEvent,
  Recording,
  RecordingPlan,
} from '@/adapters/recording'
import type { UploadError, Uploaded, UploadEvents, UploadJob } from '@/adapters/upload'
import type { EvidenceState } from '@/generated/http'
import type { Store, StoreDeps } from '@/store'

export interface EvidencePorts {
  readonly store: Store
  readonly clock: Clock
  readonly blobs: BlobStore
  readonly locks: StoreDeps['locks']
  readonly timer: StoreDeps['timer']
  readonly signal: StoreDeps['signal']
  /** `startRecording` over the phone's microphone. */
  readonly record: (
    plan: RecordingPlan,
    emit: (event: RecorderEvent) => void,
  ) => Promise<Outcome<Recording, RecorderError>>
  readonly openCamera: () => Promise<Outcome<Camera, CameraError>>
  /** One position, within a time limit. */
  readonly locate: () => Promise<Outcome<Place, PlaceError>>
  readonly send: (
    job: UploadJob,
    events: UploadEvents,
  ) => Promise<Outcome<Uploaded, UploadError>>
  /** How far an evidence file has come at the server, by its word; null = it does not say. */
  readonly askState: (record: string) => Promise<EvidenceState | null>
  /** `verifyText`: key (SPKI), text, signature, the first and last in base64url. */
  readonly verify: (key: string, text: string, signature: string) => Promise<boolean>
  /** A small JPEG for showing; the longer side in pixels. */
  readonly preview: (original: Blob, longest: number) => Promise<Outcome<Blob, unknown>>
  /** Names a file or recording on this phone; never used twice. */
  readonly newName: () => string
  /** Whether the network is one that is paid by the byte. */
  readonly metered: () => boolean
  /** How uploads are made: where, in which pieces (bytes), with which waits (ms). */
  readonly sending: Pick<
    UploadJob,
    'endpoint' | 'chunkBytes' | 'retryDelays' | 'requestTimeoutMs'
  > & {
    /** After the tries are used up, ms. */
    readonly againAfter: number
  }
  readonly recording: Pick<RecordingPlan, 'segmentMs' | 'sliceMs' | 'audioBits' | 'videoBits'> & {
    /** Name of the lock held while recording. */
    readonly lock: string
  }
  /** How long a receipted file stays on the phone all the same, ms: the server's backup first. */
  readonly freeAfter: number
  /** What broke in the background; nothing is lost by it. */
  readonly onTrouble: (error: unknown) => void
}
