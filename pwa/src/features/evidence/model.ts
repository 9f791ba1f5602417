/** 执法记录 on the phone: the recorder, files and where they are, what was found after a kill. */

import type { Bounds, Claimed, Place } from '@contract/records'

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
  /** Lost in all gaps made up for since the officer was last told, ms; 0 = none. */
  readonly lostMs: number
  /** Of the longest of them: `call`, `page_load`. */
  readonly lostBy: string
  /** Of a pause, in the officer's words; else of what interrupts or troubles it: `call`, `denied`. */
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

/** A file without a receipt. */
export interface LeftItem {
  /** photo, audio or pdf; empty where it is not known. */
  readonly kind: string
  /** `arrived`: whole at the server, its receipt is awaited. `unrecorded`: no record tells of it yet. */
  readonly at: 'phone' | 'arrived' | 'unrecorded'
  /** Why the server does not take it, in its words; '' = nothing hinders. */
  readonly refusal: string
}

export interface RecoveredRecording {
  readonly dossier: string
  readonly recording: string
  /** What the kill cost, ms: from the last slice to the end of it, as far as it can be known. */
  readonly lostMs: number
}

/** When something was captured, and between which beacons. */
export interface Moment {
  readonly captured: number
  readonly bounds: Bounds
}

/** Its moment is now unless it says another. */
export interface PhotoOrigin extends Partial<Moment> {
  /** The record the photo shows. */
  readonly of: string
  /** From the album, not taken in the app. */
  readonly imported: boolean
  /** The evidence of which this is a marked copy. */
  readonly original?: string
  readonly place?: Place | null
  /** What an imported file says of itself. */
  readonly claimed?: Claimed | null
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
