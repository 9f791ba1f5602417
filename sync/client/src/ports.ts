/** What the sync needs from its host: storage, network, keys. Time and chance are parameters. */

import type { Time } from './clock'
import type { ServerRecord } from './server_state'
import type * as wire from './wire'

/** One epoch of this enrolment's chain; `hash` is that of changeset n (64 zeros at n = 0). */
export interface Run {
  readonly epoch: number
  readonly n: number
  readonly hash: string
  /** Up to here the server of this timeline is known to hold the same chain. */
  readonly acked: number
}

/** `runs` ascend by epoch, the last one is written to. `time`: last used or observed (CK2). */
export interface DeviceState {
  readonly device: string
  readonly timeline: string
  readonly time: Time | null
  readonly runs: readonly Run[]
}

/** A changeset of this enrolment as it was authored, with its link and signature. */
export interface OwnChangeset {
  readonly epoch: number
  readonly n: number
  readonly id: string
  readonly time: Time
  readonly dossier: string
  readonly entity: string
  readonly record: string
  readonly body: string
  readonly hash: string
  readonly signature: string
}

/** An own changeset that the server state does not hold yet. */
export interface Unsettled extends OwnChangeset {
  /** Why it is in quarantine (QU1), null where it is not. */
  readonly refused: string | null
}

/** A dossier this enrolment carries. A snapshot under way resumes after `next`. */
export interface HeldDossier {
  readonly dossier: string
  readonly cursor: number
  readonly snapshot: { readonly next: string | null } | null
}

/** Where a chain ends: appending expects it, so that two writers cannot take one number. */
export interface ChainEnd {
  readonly epoch: number
  readonly n: number
}

/**
 * The phone's storage. Each method is ONE atomic, durable step: after a kill it has happened
 * whole or not at all, and the sync goes on from there. Own changesets outlive the dossier's
 * state, sealed under the enrolment's key, because a restored server may need them (SN11).
 */
export interface Store {
  readDevice(): Promise<DeviceState>
  /** Appends to the last run and advances `n`, `hash`, `time`. False where the chain has moved. */
  appendOwn(end: ChainEnd, changesets: readonly OwnChangeset[]): Promise<boolean>
  /** At most `limit` own changesets of one epoch with a number above `n`, ascending. */
  ownAfter(epoch: number, n: number, limit: number): Promise<readonly OwnChangeset[]>
  /** Own changesets not settled, by epoch and number: the upper layer of the replica. */
  unsettled(): Promise<readonly Unsettled[]>
  /** Sets `acked` of a run, upward or downward, and notes which items are quarantined. */
  markAcked(epoch: number, n: number, quarantined: readonly wire.ItemResult[]): Promise<void>
  /** These own changesets are contained in the server state now. */
  settle(ids: readonly string[]): Promise<void>
  /** What became of quarantined items: those `released` are refused no more. */
  setReceipts(receipts: readonly wire.Receipt[]): Promise<void>
  readDossiers(): Promise<readonly HeldDossier[]>
  /** Begins to carry a dossier by a snapshot from the start; one already held stays as it is. */
  hold(dossier: string): Promise<void>
  /** Forgets the dossier's server state and begins its snapshot anew. */
  restart(dossier: string): Promise<void>
  /**
   * Rows by `applyRows`, cursor to the last of them, `time` to what they show (CK4); settles
   * own changesets whose exact body is among them. Throws ReplicaError, changing nothing.
   */
  applyRows(dossier: string, rows: readonly wire.Row[]): Promise<void>
  /** Lines by `applyLine` and the key to resume from; the first page sets the cursor to seq0. */
  applySnapshotPage(dossier: string, page: wire.SnapshotPage): Promise<void>
  records(dossier: string): Promise<readonly ServerRecord[]>
  /** GR3: the dossier's key and server state go. */
  dropDossier(dossier: string): Promise<void>
  /** SN11: another timeline. Cursors, records and quarantine go, `acked` of every run is 0. */
  dropServerState(timeline: string): Promise<void>
  /**
   * CS11: what the runs from `first` on have not acknowledged is replaced by `changesets`, which
   * become the run `epoch`; runs left empty go. False, changing nothing, where the chain moved.
   */
  reissue(
    end: ChainEnd,
    first: number,
    epoch: number,
    changesets: readonly OwnChangeset[],
  ): Promise<boolean>
}

export interface Wire {
  hello(request: wire.Hello): Promise<wire.Reply<wire.HelloReply>>
  push(request: wire.Run): Promise<wire.Reply<wire.PushReply>>
  pull(request: wire.Pull): Promise<wire.Reply<wire.PullReply>>
  snapshot(request: wire.SnapshotRequest): Promise<wire.Reply<wire.SnapshotPage>>
  check(request: wire.Check): Promise<wire.Reply<wire.CheckReply>>
}

export interface Signer {
  /** Lower-case hex of the SHA-256 of the text's UTF-8. */
  sha256(text: string): Promise<string>
  /** ECDSA P-256 with SHA-256 by the enrolment's key, raw r‖s, base64url without padding. */
  sign(text: string): Promise<string>
}

/** Set to end a sync between two durable steps; an AbortSignal fits. */
export interface StopSignal {
  readonly aborted: boolean
}

export interface SyncPorts {
  readonly store: Store
  readonly wire: Wire
  readonly signer: Signer
}
