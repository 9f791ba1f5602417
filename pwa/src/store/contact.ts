/** What the last hello left behind: the server's signed time, leases, how far the clock is off. */

import { type HelloReply, signedText } from '@sync'

import type { LeaseRow } from './database'
import { keep, kept } from './kept'
import type { Opened } from './memory'
import { readLeases } from './own'
import { isSignedBy } from './signer'
import type { Beacon } from './types'

/** Instants in UTC ms, 0 = never. */
export interface Contact {
  readonly lastContact: number
  /** Phone minus server. */
  readonly skew: number
  /** By the phone's clock (GR5). */
  readonly leaseUntil: number
  readonly revoked: boolean
  readonly beacon: Beacon | null
  /** The last comparison of digests (LG8). */
  readonly checked: number
  /** What the server received up to then lies in a backup of it (SN9). */
  readonly backedUp: number
}

export const NO_CONTACT: Contact = {
  lastContact: 0,
  skew: 0,
  leaseUntil: 0,
  revoked: false,
  beacon: null,
  checked: 0,
  backedUp: 0,
}

const NAME = 'store/contact'

export async function readContact(opened: Opened): Promise<Contact> {
  return { ...NO_CONTACT, ...((await kept(opened, NAME)) as Contact | undefined) }
}

export async function writeContact(opened: Opened, contact: Contact): Promise<void> {
  await keep(opened, NAME, contact)
}

/** `now` in UTC ms by the phone. A beacon that does not verify prolongs nothing. */
export async function contactAfter(
  opened: Opened,
  before: Contact,
  hello: HelloReply,
  now: number,
): Promise<Contact> {
  const beacon = await verified(opened, hello)
  const skew = now - hello.now
  const backedUp = hello.backed_up ?? 0
  const heard = { ...before, lastContact: now, skew, revoked: false, backedUp }
  if (beacon === null) return heard
  const until = hello.grants.map((grant) => grant.until + skew)
  return { ...heard, beacon, leaseUntil: Math.max(0, ...until) }
}

/** Reading is locked. A clock set back does not help: the chain remembers how late it was. */
export function isLeaseOver({ leaseUntil }: Contact, { memory }: Opened, now: number): boolean {
  const known = Number(memory.device.time?.slice(0, 13) ?? 0)
  return leaseUntil > 0 && Math.max(now, known) > leaseUntil
}

/**
 * Numbers already given are never given again, whatever the server lists: a lease begins there
 * behind what has arrived, so it is known again by the numbers it shares, not by its first.
 */
export async function takeLeases(opened: Opened, hello: HelloReply): Promise<void> {
  const { database, device } = opened
  await database.run('readwrite', ['lease'], async ({ lease }) => {
    const before = await lease.under([device])
    for (const old of before) await lease.put({ ...old, live: false })
    for (const given of hello.leases) {
      const next = Math.max(given.first, ...before.filter(shares(given)).map((old) => old.next))
      await lease.put({ ...given, device, next, live: true })
    }
  })
  await readLeases(opened)
}

function shares(given: HelloReply['leases'][number]): (old: LeaseRow) => boolean {
  const { kind, year, first, last } = given
  return (old) =>
    old.kind === kind && old.year === year && old.first <= last && first <= old.last
}

async function verified(opened: Opened, hello: HelloReply): Promise<Beacon | null> {
  const { ciphers, device, enrolment } = opened
  const { beacon } = hello
  const text = signedText('beacon', [beacon.key, hello.timeline, device, String(beacon.now)])
  const ours = beacon.key === enrolment.sign.key
  const good = ours && (await isSignedBy(ciphers, enrolment.sign.public, text, beacon.signature))
  return good ? beacon : null
}
