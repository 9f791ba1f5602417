/**
 * What travels between a phone and the server (SN, LG3, LG7). The plain types are generated from
 * Python; here stands what the generator leaves open. Instants are UTC ms.
 */

import type { Time } from './clock'
import type { Json } from './json'
import type * as generated from '../../contract/wire'

export type {
  Check,
  CheckReply,
  Control,
  Hello,
  HelloReply,
  ItemResult,
  Pull,
  PushReply,
  Receipt,
  Run,
} from '../../contract/wire'

/** `timeline` is the header `Anxun-Timeline`; null means it was not our server (SN11). */
export type Reply<T> =
  | { readonly ok: true; readonly timeline: string | null; readonly body: T }
  | {
      readonly ok: false
      /** HTTP status; 0 where nothing answered. */
      readonly status: number
      readonly timeline: string | null
      readonly problem: Problem
    }

/** RFC 9457; `epoch` stands with `fork`, `expect` with `gap` (SN2, SN4). */
export interface Problem {
  readonly code: string
  readonly epoch?: number
  readonly expect?: number
}

/** LG4: ids per field, or per touched element of a union; an absent field is held by this row. */
export interface HeadsAfter {
  readonly [field: string]: readonly string[] | { readonly [element: string]: readonly string[] }
}

/** LG3. */
export interface Row extends Omit<generated.Row, 'heads_after'> {
  readonly heads_after?: HeadsAfter
}

export interface Page {
  readonly dossier: string
  readonly rows: readonly Row[]
  readonly more: boolean
}

export interface PullReply extends Omit<generated.PullReply, 'pages'> {
  readonly pages: readonly Page[]
}

export interface SnapshotRequest {
  readonly dossier: string
  /** `entity/record` of the last line received; null for the first page. */
  readonly after: string | null
  readonly limit: number
}

/** `time` is effective; `seq` stands where the rule of the field is `first` (LG7). */
export interface SnapshotHead {
  readonly id: string
  readonly time: Time
  readonly value: Json
  readonly seq?: number
}

export interface SnapshotLine extends Omit<generated.SnapshotLine, 'fields'> {
  readonly fields: {
    readonly [name: string]:
      | { readonly heads: readonly SnapshotHead[] }
      | { readonly union: { readonly [element: string]: readonly string[] } }
  }
}

/** One page as read from its NDJSON; `next` is null on the last. */
export interface SnapshotPage {
  readonly timeline: string
  readonly seq0: number
  readonly lines: readonly SnapshotLine[]
  readonly next: string | null
}
