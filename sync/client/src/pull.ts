/** SN10, GR2, GR3, LG7, LG8: the server's state comes down, dossier by dossier. */

import { digestOf } from './digest'
import { greetLast, pushAll } from './push'
import { ReplicaError } from './server_state'
import { answered, Ended, heard, mayGoOn } from './talk'
import type { Session } from './talk'
import type { Page, PullReply, SnapshotPage } from './wire'

const LINES = 500
const ROWS = 500

/** Carry what is granted, then pull until the server has no more. */
export async function pullAll(session: Session, granted: readonly string[]): Promise<void> {
  await holdAll(session, granted)
  let acknowledged = await awaited(session)
  let again = true
  while (again) {
    await takeSnapshots(session)
    const { more, released } = await pullOnce(session)
    if (released) acknowledged = await awaited(session)
    again = more || released
  }
  mayGoOn(session)
  // What was there before the last pull is in the server state now, unless its receipts say no.
  const accepted = new Set(await awaited(session))
  await session.store.settle(acknowledged.filter((id) => accepted.has(id)))
}

/** LG8: take anew what does not agree; true where that was so. */
export async function checkAll(session: Session): Promise<boolean> {
  const held = await session.store.readDossiers()
  let broken = false
  for (const { dossier, cursor } of held) {
    mayGoOn(session)
    const digest = await digestOf(session.signer, await session.store.records(dossier))
    const request = { timeline: session.timeline, dossier, seq: cursor, ...digest }
    const { ok } = answered(session, await session.wire.check(request))
    if (ok) continue
    await takeAnew(session, dossier)
    broken = true
  }
  return broken
}

async function holdAll(session: Session, dossiers: readonly string[]): Promise<void> {
  const held = new Set((await session.store.readDossiers()).map(({ dossier }) => dossier))
  for (const dossier of dossiers) {
    if (held.has(dossier)) continue
    mayGoOn(session)
    await session.store.hold(dossier)
  }
}

/** Own changesets the server has, as far as is known: receipts may yet say of one that it waits. */
async function awaited(session: Session): Promise<readonly string[]> {
  const { runs } = await session.store.readDevice()
  const acked = new Map(runs.map((run) => [run.epoch, run.acked]))
  const unsettled = await session.store.unsettled()
  return unsettled
    .filter(({ epoch, n, refused }) => refused === null && n <= (acked.get(epoch) ?? 0))
    .map(({ id }) => id)
}

async function takeSnapshots(session: Session): Promise<void> {
  for (const { dossier, snapshot } of await session.store.readDossiers()) {
    let after = snapshot
    while (after !== null) {
      mayGoOn(session)
      const page = await snapshotPage(session, dossier, after.next)
      if (page === null) await session.store.dropDossier(dossier)
      else await session.store.applySnapshotPage(dossier, page)
      session.tally.pulled += page?.lines.length ?? 0
      after = page === null || page.next === null ? null : { next: page.next }
    }
  }
}

/** Null where the dossier is not ours to read any more. */
async function snapshotPage(
  session: Session,
  dossier: string,
  after: string | null,
): Promise<SnapshotPage | null> {
  const reply = heard(session, await session.wire.snapshot({ dossier, after, limit: LINES }))
  if (reply.ok || reply.status !== 404) return answered(session, reply)
  return null
}

/** Whether there is more, and whether a receipt released what was refused. */
async function pullOnce(session: Session): Promise<{ more: boolean; released: boolean }> {
  mayGoOn(session)
  const held = await session.store.readDossiers()
  const cursors = Object.fromEntries(held.map(({ dossier, cursor }) => [dossier, cursor]))
  const request = { timeline: session.timeline, cursors, limit: ROWS }
  const result = answered(session, await session.wire.pull(request))
  let more = false
  for (const page of result.pages) more = (await applyPage(session, page)) || more
  mayGoOn(session)
  const released = await hearReceipts(session, result)
  more = (await obey(session, result)) || more
  return { more, released }
}

/** True where one was released: its row may have come too late for the pages of this pull. */
async function hearReceipts(session: Session, { receipts }: PullReply): Promise<boolean> {
  if (receipts.length === 0) return false
  const before = new Set(await awaited(session))
  await session.store.setReceipts(receipts)
  return (await awaited(session)).some((id) => !before.has(id))
}

/** True where this dossier needs another pull. */
async function applyPage(session: Session, { dossier, rows, more }: Page): Promise<boolean> {
  mayGoOn(session)
  try {
    await session.store.applyRows(dossier, rows)
    session.tally.pulled += rows.length
    return more
  } catch (error) {
    if (!(error instanceof ReplicaError)) throw error
    await takeAnew(session, dossier)
    return true
  }
}

/** Once a sync: what disagrees with its own snapshot must not be asked for without end. */
async function takeAnew(session: Session, dossier: string): Promise<void> {
  if (session.tally.restarted.includes(dossier)) throw new Ended('refused')
  await session.store.restart(dossier)
  session.tally.restarted = [...session.tally.restarted, dossier]
}

/** GR3: what is unsent goes up before a revoked dossier is dropped. True where one was granted. */
async function obey(session: Session, { control }: PullReply): Promise<boolean> {
  const before = new Set((await session.store.readDossiers()).map(({ dossier }) => dossier))
  const grants = control.filter(({ kind }) => kind === 'grant').map(({ dossier }) => dossier)
  const ends = control.filter(({ kind, dossier }) => kind !== 'grant' && before.has(dossier))
  if (ends.length > 0) await pushAll(session, await greetLast(session))
  for (const { dossier } of ends) {
    mayGoOn(session)
    await session.store.dropDossier(dossier)
  }
  await holdAll(session, grants)
  return grants.some((dossier) => !before.has(dossier))
}
