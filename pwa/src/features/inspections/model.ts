/** What the rules of an inspection read and say. Days are Asia/Shanghai, instants UTC ms. */

import type { Records } from '@contract/records'

/** A record as shown, with what is known of its making; `conflicts` names registers. */
export type Held<E extends keyof Records = keyof Records> = Records[E] & {
  readonly id: string
  readonly created: number
  readonly device: string
  readonly conflicts?: readonly string[]
}

/**
 * What one dossier holds, withdrawn records included, and what it does not hold: officers certified
 * for the sector today, the day, the record a stage is about (the draft to issue, the recheck to
 * finish), orders whose recheck the unit asked for, findings handed to the detachment.
 */
export type View = { readonly [E in keyof Records]?: readonly Held<E>[] } & {
  readonly certified?: readonly string[]
  readonly today?: string
  readonly chosen?: string
  readonly requested?: readonly string[]
  readonly transferred?: readonly string[]
}

export type Stage =
  | 'start'
  | 'findings'
  | 'end'
  | 'record'
  | 'order'
  | 'issue'
  | 'leave'
  | 'recheck'
  | 'recheck_opinion'

/** law forbids, duty may be passed over with a reason, advice is only said. */
export type Level = 'law' | 'duty' | 'advice'

/** Records that count: `where` a field is or holds the value, `having` all these paths filled. */
export interface Select {
  readonly entity: keyof Records
  readonly where?: Readonly<Record<string, string | boolean>>
  readonly having?: readonly string[]
  readonly among?: 'chosen' | 'due' | 'remaining'
}

/** The earliest `time` of the records. */
export interface Moment {
  readonly of: Select
  readonly time: string
}

/** What is asked of each record by itself. */
export type RecordTest =
  | { readonly test: 'filled'; readonly each: Select; readonly fields: readonly string[] }
  | { readonly test: 'differs'; readonly each: Select; readonly fields: readonly [string, string] }
  | { readonly test: 'not_past'; readonly each: Select; readonly field: string }
  | { readonly test: 'settled'; readonly each: Select }
  | {
      readonly test: 'each_has'
      readonly each: Select
      readonly has: Select
      readonly key: string
      readonly listed: string
      readonly at_least: number
      readonly at_most: number | null
    }
  | { readonly test: 'whole'; readonly each: Select; readonly fields: readonly string[] }
  | {
      readonly test: 'still_fits'
      readonly each: Select
      readonly by: Select
      readonly key: string
      readonly same: readonly (readonly [path: string, field: string])[]
    }

export type Test =
  | RecordTest
  | { readonly test: 'records'; readonly of: readonly Select[]; readonly at_least: number }
  | { readonly test: 'before'; readonly first: Moment; readonly other: Moment }
  | {
      readonly test: 'certified'
      readonly each: Select
      readonly field: string
      readonly at_least: number
    }
  | {
      readonly test: 'signed'
      readonly of: Select
      readonly officers: number
      readonly certified: boolean
    }
  | { readonly test: 'closed_runs' }

/**
 * One requirement. In `says`, {n} is the record's number in its list, or how many there are.
 * `together`: one line for all records; `when`: asked only if such a record exists; `mark`: the
 * kind of mark the server writes where facts stand in the wrong order (QU6).
 */
export interface Row {
  readonly id: string
  readonly at: { readonly [S in Stage]?: Level }
  readonly test: Test
  readonly says: string
  readonly verb: string
  readonly go: string
  readonly source: string
  readonly together?: boolean
  readonly when?: Select
  readonly mark?: string
}

/** What a stage still wants; `record` is the record concerned, empty where there is none. */
export interface Lack {
  readonly id: string
  readonly level: Level
  readonly says: string
  readonly verb: string
  readonly go: string
  readonly record: string
  readonly source: string
}

/** Facts in the wrong order: `id` is the kind of mark, `rule` the row. */
export interface Breach {
  readonly id: string
  readonly rule: string
  readonly record: string
  readonly says: string
  readonly source: string
}

/** domain.md 6.3, derived from facts. */
export type State =
  | 'cancelled'
  | 'closed'
  | 'transfer_required'
  | 'partly'
  | 'passed'
  | 'recheck_due'
  | 'rectifying'
  | 'closed_no_issue'
  | 'served'
  | 'refused'
  | 'signed'
  | 'exchanged'
  | 'ended'
  | 'in_progress'
  | 'planned'
  | 'plan_pending'
  | 'draft'

export interface Station {
  readonly name: 'arrival' | 'certificates' | 'told' | 'check' | 'exchange' | 'documents'
  readonly title: string
  readonly state: 'done' | 'now' | 'todo'
}

/**
 * One item of a 责令限期整改指令书 that stands; `due` counts extensions in. `finding` is empty where
 * the draft did not name it; `result` is that of the last recheck of the order, or empty.
 */
export interface OrderItem {
  readonly order: string
  readonly number: number
  readonly finding: string
  readonly problem: string
  readonly due: string
  readonly result: string
}

export interface OpenItem extends OrderItem {
  readonly overdue: boolean
}

/** Why a dossier cannot be closed, with the records concerned. */
export interface Obstacle {
  readonly kind: 'missing_blob' | 'open_run' | 'open_item'
  readonly says: string
  readonly records: readonly string[]
}
