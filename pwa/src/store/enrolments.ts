/** Officers of this browser profile: making an enrolment, its PIN, leaving. */

import { FIRST_PREV } from '@sync'

import type { PinCost } from '@/adapters/argon2'

import type { Accounts } from './accounts'
import { ALL_TABLES, type EnrolmentRow, type PhoneDatabase, present } from './database'
import {
  type Identity,
  isStrongPin,
  makeDataKey,
  makeSigningPair,
  type PinCiphers,
  unwrapIdentity,
  wrapIdentity,
} from './keys'

export interface Unlocking {
  readonly ciphers: PinCiphers
  readonly database: PhoneDatabase
  readonly pinCost: PinCost
  /** UTC ms. */
  readonly now: () => number
}

/** The PIN has fewer than 8 digits or characters. */
export class WeakPin extends Error {
  override readonly name = 'WeakPin'
}

export type PinResult =
  | { readonly ok: true; readonly enrolment: EnrolmentRow; readonly identity: Identity }
  | { readonly ok: false; readonly left: number; readonly until: number }

/** `code`: the administrator's word, where the bureau asks for it; else empty. */
export interface WantedEnrolment {
  readonly pin: string
  readonly name: string
  readonly code: string
}

/** The key of the enrolment's own work. */
export const OWN_KEY = 'own'

const TRIES = 5
const PAUSE_MS = 15 * 60_000

/** Last used first. */
export async function readEnrolments(database: PhoneDatabase): Promise<readonly EnrolmentRow[]> {
  const rows = await database.run('readonly', ['enrolment'], ({ enrolment }) => enrolment.under([]))
  return rows.sort((a, b) => b.used - a.used)
}

/**
 * Keys under the PIN, the public one at the server, and the first state of the chain. Whatever
 * fails before the last step leaves nothing here. Rejects with WeakPin or ServerRefusal.
 */
export async function makeEnrolment(
  { ciphers, database, pinCost, now }: Unlocking,
  accounts: Accounts,
  { pin, name, code }: WantedEnrolment,
): Promise<PinResult & { readonly ok: true }> {
  if (!isStrongPin(pin)) throw new WeakPin()
  const account = await accounts.me()
  const pair = await makeSigningPair(ciphers)
  const given = await accounts.enrol(pair.publicKey, name, code)
  const { device, timeline, epoch } = given
  const { wrapped, identity } = await wrapIdentity(ciphers, device, pin, pinCost, pair.privateKey)
  const hpke = { key: given.hpke_key, public: given.hpke_public }
  const own = await makeDataKey(ciphers, identity, hpke, device, OWN_KEY)
  const sign = { key: given.sign_key, public: given.sign_public }
  const person = { ...account, device }
  const row = { device, person, wrapped, hpke, sign, failed: 0, until: 0, used: now() }
  const runs = [{ epoch, n: 0, hash: FIRST_PREV, acked: 0 }]
  await database.run('readwrite', ['enrolment', 'device', 'key'], async (tables) => {
    await tables.enrolment.put(row)
    await tables.device.put({ device, timeline, time: null, runs, generation: 0 })
    await tables.key.put(own.row)
  })
  return { ok: true, enrolment: row, identity }
}

/** A try counts before it is made, so that a kill in between gives no free one. */
export async function tryPin(
  { ciphers, database, now }: Unlocking,
  device: string,
  pin: string,
): Promise<PinResult> {
  const counted = await countTry(database, device, now())
  if (counted === null) return { ok: false, left: 0, until: await pausedUntil(database, device) }
  const identity = await unwrapIdentity(ciphers, device, pin, counted.wrapped)
  if (identity === null) {
    return { ok: false, left: triesLeft(counted.failed), until: counted.until }
  }
  const enrolment = { ...counted, failed: 0, until: 0, used: now() }
  await database.run('readwrite', ['enrolment'], (tables) => tables.enrolment.put(enrolment))
  return { ok: true, enrolment, identity }
}

/** False, changing nothing, where anything of it is unsent. */
export async function forgetEnrolment(database: PhoneDatabase, device: string): Promise<boolean> {
  return database.run('readwrite', ALL_TABLES, async (tables) => {
    const state = await tables.device.get([device])
    if (state?.runs.some(({ acked, n }) => acked < n)) return false
    for (const name of ALL_TABLES) await tables[name].deleteUnder([device])
    return true
  })
}

/** Before the next pause. */
function triesLeft(failed: number): number {
  return (TRIES - (failed % TRIES)) % TRIES
}

/**
 * Each twice as long as the one before, until the right PIN. Behind the lock nothing tells the time
 * but the phone's own clock, and whoever holds the phone can set it: ahead, a pause is over at once,
 * but each costs twice the way of all before, and a clock has no room for more than some twenty.
 */
function pauseAfter(failed: number): number {
  return PAUSE_MS * 2 ** (Math.floor(failed / TRIES) - 1)
}

/**
 * Null while the pause after too many tries lasts. One that lies further off than it is long was
 * counted by a clock since set back: it begins anew, and the owner never waits longer than it.
 */
async function countTry(
  database: PhoneDatabase,
  device: string,
  now: number,
): Promise<EnrolmentRow | null> {
  return database.run('readwrite', ['enrolment'], async (tables) => {
    const row = present(await tables.enrolment.get([device]), 'the enrolment')
    const until = Math.min(row.until, now + pauseAfter(row.failed))
    if (until > now) {
      await tables.enrolment.put({ ...row, until })
      return null
    }
    const failed = row.failed + 1
    const counted = { ...row, failed, until: triesLeft(failed) > 0 ? 0 : now + pauseAfter(failed) }
    await tables.enrolment.put(counted)
    return counted
  })
}

async function pausedUntil(database: PhoneDatabase, device: string): Promise<number> {
  const row = await database.run('readonly', ['enrolment'], (tables) =>
    tables.enrolment.get([device]),
  )
  return row?.until ?? 0
}
