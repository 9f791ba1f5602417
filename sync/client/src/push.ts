/** SN1–SN7: own changesets go up, run by run, until the server holds all of them. */

import { lastRun } from './author'
import { FIRST_PREV } from './chain'
import { utf8Length } from './parse'
import type { ChainEnd, DeviceState, OwnChangeset, Run, Store } from './ports'
import { reissueAll } from './reissue'
import { answered, Ended, heard, mayGoOn, note } from './talk'
import type { Session } from './talk'
import type * as wire from './wire'

const MAX_ITEMS = 500
const MAX_BYTES = 1_048_576
const ENVELOPE_BYTES = 1_024
const MAX_SETBACKS = 50

/** A hello about one point of a run, and what it answered (SN9). */
export interface Greeting {
  readonly epoch: number
  readonly n: number
  readonly reply: wire.HelloReply
}

/** A hello for the end of the run that is written to; leases go with its epoch. */
export async function greetLast(session: Session): Promise<Greeting> {
  const run = lastRun(await session.store.readDevice())
  return greet(session, run, run.n)
}

/** Does the server hold this very chain up to n? A clone's numbers are equal, its hash is not. */
async function greet(session: Session, run: Run, n: number): Promise<Greeting> {
  mayGoOn(session)
  const { device } = await session.store.readDevice()
  const hash = n === run.n ? run.hash : await hashAt(session.store, run.epoch, n)
  const { timeline, schema, now } = session
  const request = { device, epoch: run.epoch, n, hash, timeline, schema, now }
  const reply = answered(session, await session.wire.hello(request))
  return { epoch: run.epoch, n, reply }
}

/**
 * Push until nothing is left or the server will not have more now. `greeting` is that of the last
 * run, null for an enrolment that ended: it may still send, but is told nothing.
 */
export async function pushAll(session: Session, greeting: Greeting | null): Promise<void> {
  const { store } = session
  let limit = MAX_ITEMS
  let reconciled = 0
  for (let setbacks = 0; setbacks < MAX_SETBACKS; ) {
    mayGoOn(session)
    const device = await store.readDevice()
    const run = device.runs.find(({ acked, n }) => acked < n)
    if (run === undefined) return
    if (greeting !== null && reconciled !== run.epoch) {
      reconciled = run.epoch
      const known = greeting.epoch === run.epoch && greeting.n === run.n
      await reconcile(session, run, known ? greeting : await greet(session, run, run.n))
      continue
    }
    const request = await nextPush(store, device, run, limit)
    const reply = heard(session, await session.wire.push(request))
    if (reply.ok) {
      await acknowledge(session, run, request, reply.body)
    } else {
      setbacks += 1
      if (reply.problem.code === 'too_large') limit = Math.floor(request.items.length / 2)
      const again = limit > 0 && (await setBack(session, run, reply.problem, greeting !== null))
      if (!again) return note(session, reply.problem.code)
    }
  }
  throw new Ended('moved')
}

/** One push: a stretch of one run, as its author signed it. Whoever carries it is the courier. */
export async function nextPush(
  store: Store,
  { device, timeline }: DeviceState,
  run: Run,
  limit: number,
): Promise<wire.Run> {
  const changesets = withinSize(await store.ownAfter(run.epoch, run.acked, limit))
  const last = changesets.at(-1)
  if (last === undefined) throw new RangeError('nothing to push')
  return {
    timeline,
    device,
    epoch: run.epoch,
    first_n: run.acked + 1,
    first_prev: await hashAt(store, run.epoch, run.acked),
    items: changesets.map(({ body }) => body),
    last_hash: last.hash,
    signature: last.signature,
  }
}

/** After a lost reply or in a new timeline: what the server holds already is not sent again. */
async function reconcile(session: Session, run: Run, greeting: Greeting): Promise<void> {
  const { status, acked_n: acked, epoch } = greeting.reply.device
  if (status === 'fork') return reissueFrom(session, run, epoch, true)
  const known = Math.min(acked, run.n)
  if (known <= run.acked) return
  if (known < greeting.n) return reconcile(session, run, await greet(session, run, known))
  await session.store.markAcked(run.epoch, known, [])
}

async function acknowledge(
  session: Session,
  run: Run,
  request: wire.Run,
  reply: wire.PushReply,
): Promise<void> {
  const last = request.first_n + request.items.length - 1
  const quarantined = reply.other.filter(({ status }) => status === 'quarantined')
  await session.store.markAcked(run.epoch, last, quarantined)
  session.tally.pushed += last - run.acked
}

/** True where the push can be tried again at once. */
async function setBack(
  session: Session,
  run: Run,
  problem: wire.Problem,
  heardOf: boolean,
): Promise<boolean> {
  if (problem.code === 'too_large') return true
  if (problem.code === 'gap' && problem.expect !== undefined) {
    await session.store.markAcked(run.epoch, Math.min(problem.expect - 1, run.acked), [])
    return true
  }
  if (problem.code === 'fork' && problem.epoch !== undefined) {
    await reissueFrom(session, run, problem.epoch, heardOf)
    return true
  }
  return false
}

/**
 * SN4, CS11: what the server does not hold of this run and the later ones goes into the new epoch,
 * in the order it was written: an edit must not arrive before what it edits.
 */
async function reissueFrom(
  session: Session,
  forked: Run,
  epoch: number,
  heardOf: boolean,
): Promise<void> {
  const { store, signer, table } = session
  for (const run of await unfinishedFrom(store, forked.epoch)) {
    const agreed = heardOf ? await agreedUpTo(session, run) : run.acked
    if (agreed > run.acked) await store.markAcked(run.epoch, agreed, [])
  }
  mayGoOn(session)
  const device = await store.readDevice()
  const { epoch: written, n } = lastRun(device)
  const end: ChainEnd = { epoch: written, n }
  const left: OwnChangeset[] = []
  for (const run of await unfinishedFrom(store, forked.epoch)) {
    left.push(...(await store.ownAfter(run.epoch, run.acked, run.n - run.acked)))
  }
  const reissued = await reissueAll(signer, table, device.device, epoch, left)
  if (await store.reissue(end, forked.epoch, epoch, reissued)) session.tally.forks += 1
}

async function unfinishedFrom(store: Store, epoch: number): Promise<readonly Run[]> {
  const { runs } = await store.readDevice()
  return runs.filter((run) => run.epoch >= epoch && run.acked < run.n)
}

/** Each hello that contradicts opens an epoch, so search from below: mostly nothing is agreed. */
async function agreedUpTo(session: Session, run: Run): Promise<number> {
  let [low, high, step] = [run.acked, run.n, 1]
  while (low < high) {
    const at = Math.min(low + step, high)
    const { device } = (await greet(session, run, at)).reply
    if (device.status === 'ok' && device.acked_n >= at) {
      low = at
      step *= 2
    } else {
      high = at - 1
      step = Math.max(1, Math.floor(step / 2))
    }
  }
  return low
}

async function hashAt(store: Store, epoch: number, n: number): Promise<string> {
  if (n === 0) return FIRST_PREV
  const [changeset] = await store.ownAfter(epoch, n - 1, 1)
  if (changeset === undefined) throw new RangeError(`own changeset ${epoch}.${n} is not held`)
  return changeset.hash
}

function withinSize(changesets: readonly OwnChangeset[]): readonly OwnChangeset[] {
  let bytes = ENVELOPE_BYTES
  const end = changesets.findIndex(({ body }) => {
    bytes += utf8Length(JSON.stringify(body)) + 1
    return bytes > MAX_BYTES
  })
  return end < 0 ? changesets : changesets.slice(0, Math.max(end, 1))
}
