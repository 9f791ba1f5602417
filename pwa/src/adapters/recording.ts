/** What a recording is told, what it tells, and what it can be asked. */
import type { BlobError } from './blob-error'
import type { Clock } from './clock'
import type { Devices, MediaDenial, MediaKind } from './media'
import type { BlobStore } from './opfs'
import type { Outcome } from './outcome'
import type { SegmentSeal } from './segment'

export type GapReason = 'call' | 'mute' | 'sleep' | 'page_load' | 'pause' | 'device'

export interface Gap {
  readonly reason: GapReason
  /** The officer's words for a pause: 商业秘密 / 接电话 / 换场所 / 其他. */
  readonly why?: string
  /** 'picture' when only the camera was away and the sound went on. */
  readonly missing: 'all' | 'picture'
  readonly from: number
}

export type RecorderError = BlobError | MediaDenial

/** All `at`, `from`, `to`, `..._ms` are wall clock in ms UTC; `elapsed` is ms recorded so far. */
export type RecorderEvent =
  | { readonly kind: 'started'; segment: number; mime: string; at: number }
  | { readonly kind: 'slice'; segment: number; index: number; bytes: number; elapsed: number }
  /** Ten times a second, 0 (−60 dB) to 100. */
  | { readonly kind: 'level'; level: number }
  /** Flat for more than ten seconds; and the end of that. */
  | { readonly kind: 'silent' | 'heard'; at: number }
  /** One that was ended as soon as it began may hold no slice. */
  | ({ readonly kind: 'segment_sealed'; segment: number; id: string; mime: string } & SegmentSeal)
  /** A gap has begun; `gap` follows when it has ended. */
  | ({ readonly kind: 'interrupted' } & Gap)
  | ({ readonly kind: 'gap'; to: number } & Gap)
  /** `segment` could not be begun or sealed; what was stored of it can be recovered. */
  | { readonly kind: 'trouble'; segment: number; error: RecorderError }
  | { readonly kind: 'stopped'; at: number; elapsed: number }

export interface RecordingPlan {
  /** Names the files: see `segmentId`. */
  readonly recording: string
  readonly key: CryptoKey
  readonly kind: MediaKind
  readonly segmentMs: number
  /** At most 1000: this much a kill may cost. */
  readonly sliceMs: number
  readonly audioBits: number
  readonly videoBits: number
  /** After a page load: the number to go on with and when the earlier page last stored a slice. */
  readonly continues?: { readonly segment: number; readonly until: number }
}

export interface RecorderPorts {
  readonly store: BlobStore
  readonly clock: Clock
  readonly devices: Devices
}

export type RecorderState = 'recording' | 'paused' | 'interrupted' | 'stopped'

export interface Recording {
  state(): RecorderState
  pause(why: string): Promise<void>
  /** Goes on after a pause or an interruption, or says why it cannot. */
  resume(): Promise<Outcome<void, RecorderError>>
  stop(): Promise<void>
}

/** Five-minute segments, one-second slices, sound at 32 kbit/s, picture at 1.5 Mbit/s. */
export const VISIT_DEFAULTS = {
  segmentMs: 300_000,
  sliceMs: 1_000,
  audioBits: 32_000,
  videoBits: 1_500_000,
} as const

export function segmentId(recording: string, segment: number): string {
  return `${recording}.${segment}`
}
