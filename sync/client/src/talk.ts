/** One sync's conversation: what it carries along, and what ends it. */

import type { StopSignal, SyncPorts } from './ports'
import type { MergeTable } from './rules'
import type { HelloReply, Reply } from './wire'

/**
 * Why a sync ended. `offline`: nothing, or somebody else, answered (SN11). `refused`: the server
 * answered, and with what the report's `problems` say. `moved`: the chain or the timeline would
 * not hold still; the next sync goes on. `outdated`: what was written here is sent, but reading
 * needs a newer app (SN13).
 */
export type Ending =
  | 'done'
  | 'stopped'
  | 'offline'
  | 'session'
  | 'enrolment'
  | 'refused'
  | 'moved'
  | 'outdated'

export interface SyncOptions {
  readonly table: MergeTable
  /** UTC ms; goes to the server to show the skew of this clock. */
  readonly now: number
  /** The version of the contract this app holds. */
  readonly schema: number
  /** Compare every dossier's digest with the server's afterwards. */
  readonly check: boolean
  readonly signal: StopSignal
}

export interface SyncReport {
  readonly ended: Ending
  /** The last hello: leases, grants, beacon, limits; null before contact. */
  readonly hello: HelloReply | null
  /** Changesets acknowledged. */
  readonly pushed: number
  /** Rows and snapshot lines received. */
  readonly pulled: number
  readonly forks: number
  readonly timelines: number
  /** Dossiers taken anew because they did not agree with the server. */
  readonly restarted: readonly string[]
  /** Codes of refusals that did not end the sync (SN6). */
  readonly problems: readonly string[]
}

export type Tally = { -readonly [K in keyof SyncReport]: SyncReport[K] }

export interface Session extends SyncPorts, SyncOptions {
  readonly timeline: string
  readonly tally: Tally
}

/** Ends the sync; never leaves this folder. */
export class Ended extends Error {
  constructor(readonly why: Ending) {
    super(why)
  }
}

/** The server lives in another timeline (SN11). */
export class TimelineMoved extends Error {
  constructor(readonly timeline: string) {
    super(timeline)
  }
}

/** A reply of our server, in our timeline, to a request it let in. Throws Ended, TimelineMoved. */
export function heard<T>(session: Session, reply: Reply<T>): Reply<T> {
  if (reply.timeline === null) throw new Ended('offline')
  if (reply.timeline !== session.timeline) throw new TimelineMoved(reply.timeline)
  if (reply.ok) return reply
  const { code } = reply.problem
  if (code === 'session' || code === 'enrolment') throw new Ended(code)
  if (reply.status === 0 || reply.status >= 500) throw new Ended('offline')
  return reply
}

/** The body of a reply that has no lawful refusal left. Throws Ended, TimelineMoved. */
export function answered<T>(session: Session, reply: Reply<T>): T {
  const judged = heard(session, reply)
  if (judged.ok) return judged.body
  note(session, judged.problem.code)
  throw new Ended('refused')
}

export function note(session: Session, problem: string): void {
  session.tally.problems = [...session.tally.problems, problem]
}

/** Called between durable steps. Throws Ended. */
export function mayGoOn(session: Session): void {
  if (session.signal.aborted) throw new Ended('stopped')
}
