/**
 * One whole conversation with the server: hello, push until empty, pull until no more.
 *
 * It keeps nothing in memory that the next one would miss: every step is durable in the store
 * and may be the last. Start it again after a kill, a lost reply or a stop; run two of one
 * enrolment never at once (the host holds a lock).
 */

import type { SyncPorts } from './ports'
import { checkAll, pullAll } from './pull'
import { greetLast, pushAll } from './push'
import type { Greeting } from './push'
import { Ended, TimelineMoved } from './talk'
import type { Ending, Session, SyncOptions, SyncReport, Tally } from './talk'

const MAX_TIMELINES = 3

export async function syncOnce(ports: SyncPorts, options: SyncOptions): Promise<SyncReport> {
  const tally: Tally = {
    ended: 'done',
    hello: null,
    pushed: 0,
    pulled: 0,
    forks: 0,
    timelines: 0,
    restarted: [],
    problems: [],
  }
  tally.ended = await ending(ports, options, tally)
  return tally
}

async function ending(ports: SyncPorts, options: SyncOptions, tally: Tally): Promise<Ending> {
  while (tally.timelines < MAX_TIMELINES) {
    try {
      const { timeline } = await ports.store.readDevice()
      await converse({ ...ports, ...options, timeline, tally })
      return 'done'
    } catch (error) {
      if (error instanceof Ended) return error.why
      if (!(error instanceof TimelineMoved)) throw error
      await ports.store.dropServerState(error.timeline)
      tally.timelines += 1
    }
  }
  return 'moved'
}

async function converse(session: Session): Promise<void> {
  const { tally } = session
  const greeting = await admitted(session)
  await pushAll(session, greeting)
  if (greeting === null) throw new Ended('enrolment')
  const { reply } = tally.forks > 0 ? await greetLast(session) : greeting
  tally.hello = reply
  if (session.schema < reply.min_pull_schema) throw new Ended('outdated')
  const granted = reply.grants.map(({ dossier }) => dossier)
  await pullAll(session, granted)
  if (session.check && (await checkAll(session))) await pullAll(session, granted)
}

/** Null where the enrolment has ended: what it wrote before is still taken (GR3). */
async function admitted(session: Session): Promise<Greeting | null> {
  try {
    return await greetLast(session)
  } catch (error) {
    if (error instanceof Ended && error.why === 'enrolment') return null
    throw error
  }
}
