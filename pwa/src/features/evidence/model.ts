/** 执法记录 on the phone: the recorder, files and where they are, what was found after a kill. */

import type { Ref } from 'vue'

import type { Place } from '@contract/records'

import type { Camera, CameraError } from '@/adapters/camera'
import type { Outcome } from '@/adapters/outcome'
import type { Place as Position, PlaceError } from '@/adapters/place'

export type RecorderState =
  'off' | 'starting' | 'recording' | 'paused' | 'interrupted' | 'trouble'

export interface RecorderView {
  readonly state: RecorderState
  readonly dossier: string
  /** The recording's name, on all its segments. */
  readonly recording: string
  readonly elapsedMs: number
  /** The last levels, oldest first, 0 to 1. */
  readonly levels: readonly number[]
  /** No sound for more than ten seconds. */
  readonly silent: boolean
  /** Lost in the gap that was made up for last, ms; 0 = none. */
  readonly lostMs: number
  /** Of a pause, in the officer's words; else of the last gap or trouble: `call`, `denied`. */
  readonly reason: string
  /** UTC ms since when it has not been recording; 0 while it is. */
  readonly since: number
}

export type EvidencePlace = 'phone' | 'sending' | 'server'

export interface EvidenceItem {
  readonly record: string
  /** photo, audio or pdf. */
  readonly kind: string
  /** `server` only after this phone has checked the server's signed receipt. */
  readonly place: EvidencePlace
  /** Confirmed by the server, 0 to 100. */
  readonly percent: number
  readonly bytes: number
  /** UTC ms. */
  readonly captured: number
  /** The record it shows or belongs to. */
  readonly of: string
  /** Who captured it. */
  readonly officer: string
  /** Captured on this phone. */
  readonly own: boolean
  /** Taken back with a reason; kept all the same. */
  readonly discarded: boolean
  /** Why it does not get to the server, in the server's words; '' = nothing hinders. */
  readonly refusal: string
}

export interface RecoveredRecording {
  readonly dossier: string
  readonly recording: string
  /** What the kill cost, ms: from the last slice to the end of it, as far as it can be known. */
  readonly lostMs: number
}

export interface PhotoOrigin {
  /** The record the photo shows. */
  readonly of: string
  /** From the album, not taken in the app. */
  readonly imported: boolean
  /** The evidence of which this is a marked copy. */
  readonly original?: string
  readonly place?: Place | null
}

/** Why a file was not kept; nothing that was there before is touched. */
export class NotKept extends Error {
  override readonly name = 'NotKept'
  constructor(readonly code: string) {
    super(code)
  }
}

/** Room on the phone that may be given back. */
export interface Room {
  readonly files: number
  readonly bytes: number
}

export interface EvidenceService {
  readonly recorder: Readonly<Ref<RecorderView>>
  /** Goes on with the dossier's recording if an earlier page left one. */
  start(dossier: string): Promise<void>
  pause(reason: string): Promise<void>
  resume(): Promise<void>
  stop(): Promise<void>
  /** A mark at this moment of the recording. */
  mark(words?: string): Promise<void>
  /** Where the recording is now, ms of it; null while it is not recording. */
  position(): { readonly recording: string; readonly offset: number } | null
  /**
   * Resolves with the evidence record once hashed, encrypted and recorded; it is queued.
   * @throws NotKept where the phone cannot store it.
   */
  keepPhoto(dossier: string, jpeg: Blob, about: PhotoOrigin): Promise<string>
  keepPdf(dossier: string, pdf: Uint8Array, of: string): Promise<string>
  /** 作废 of a photo: it stays, the custody says why it does not count. */
  discard(dossier: string, record: string, reason: string): Promise<void>
  /** This phone's files of a dossier, and others' that the server holds; reactive. */
  items(dossier: string): readonly EvidenceItem[]
  /** Object URL of a preview, cached; null while the file is on another phone only. */
  image(record: string): Promise<string | null>
  /** Ends this phone's custody run (S1-4c): later an omission would show. */
  closeRuns(dossier: string): Promise<void>
  /** After a kill: takes up what the files hold. Empty where nothing was left over. */
  recover(): Promise<readonly RecoveredRecording[]>
  /** Begins to send what is here and goes on by itself; safe to call at any time. */
  upload(): Promise<void>
  /** 先传这个. */
  raise(record: string): Promise<void>
  /** Audio goes by any network, not only by Wi-Fi. */
  readonly anyNetwork: Readonly<Ref<boolean>>
  useAnyNetwork(): Promise<void>
  /** Whether the network now is paid by the byte. */
  metered(): boolean
  /** When the server received it (UTC ms) by a receipt this phone has checked; else null. */
  receivedAt(record: string): number | null
  /** Files whose receipt this phone has checked. */
  freeable(): Room
  /** Removes exactly those. */
  free(): Promise<void>
  openCamera(): Promise<Outcome<Camera, CameraError>>
  locate(): Promise<Outcome<Position, PlaceError>>
}
