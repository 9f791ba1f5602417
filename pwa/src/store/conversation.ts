/** One conversation with the server and what follows from it, under the lock `anxun-sync`. */

import {
  type Ending,
  nextPush,
  type Signer,
  type StopSignal,
  type Store as Port,
  syncOnce,
  type SyncReport,
  type Wire,
} from '@sync'

import type { Accounts } from './accounts'
import { ServerRefusal } from './accounts'
import type { AppendHost } from './append'
import { type Contact, contactAfter, takeLeases, writeContact } from './contact'
import { present } from './database'
import type { Opened } from './memory'
import { ownSide, readOwn } from './own'
import { readState } from './reading'
import { serverSide, Stale } from './state'

export interface Talk extends AppendHost {
  readonly wire: Wire
  readonly accounts: Accounts
}

export interface Outcome {
  readonly contact: Contact
  /** Something moved in mid-conversation: another one should follow at once. */
  readonly again: boolean
  /** The session is another officer's: log in before anything else (SN12). */
  readonly strangerLoggedIn: boolean
}

const DAY_MS = 86_400_000
const MOVED: readonly Ending[] = ['moved']

/** Call it only under the lock: server state is written by one tab at a time. */
export async function converse(
  talk: Talk,
  contact: Contact,
  signal: StopSignal,
): Promise<Outcome> {
  await catchUp(talk.opened)
  const { opened, wire, signer, table, schema, now } = talk
  const ports = { store: portOf(opened), wire, signer }
  const check = now() - contact.checked > DAY_MS
  try {
    const report = await syncOnce(ports, { table, now: now(), schema, check, signal })
    if (signal.aborted) return { contact, again: false, strangerLoggedIn: false }
    return await consequences(talk, ports, contact, check ? now() : contact.checked, report)
  } catch (error) {
    if (!(error instanceof Stale)) throw error
    return { contact, again: true, strangerLoggedIn: false }
  }
}

/** The sync client's storage over this phone's database. */
export function portOf(opened: Opened): Port {
  return { ...serverSide(opened), ...ownSide(opened) }
}

async function consequences(
  talk: Talk,
  ports: { readonly store: Port; readonly wire: Wire; readonly signer: Signer },
  before: Contact,
  checked: number,
  { ended, hello, forks }: SyncReport,
): Promise<Outcome> {
  const again = forks > 0 || MOVED.includes(ended)
  if (ended === 'enrolment') return refusedEnrolment(talk, ports, before)
  if (hello === null) return { contact: before, again, strangerLoggedIn: false }
  // After a fork this hello spoke of the old epoch, whose leases are over.
  if (forks === 0) await takeLeases(talk.opened, hello)
  const heard = await contactAfter(talk.opened, before, hello, talk.now())
  const contact = ended === 'done' ? { ...heard, checked } : heard
  await writeContact(talk.opened, contact)
  return { contact, again, strangerLoggedIn: false }
}

/** 403: this enrolment has ended, or a colleague is logged in on this phone. */
async function refusedEnrolment(
  talk: Talk,
  ports: { readonly store: Port; readonly wire: Wire },
  before: Contact,
): Promise<Outcome> {
  const stranger = await isStranger(talk)
  if (stranger !== false) {
    return { contact: before, again: false, strangerLoggedIn: stranger === true }
  }
  if (!(await sendRest(ports))) return { contact: before, again: false, strangerLoggedIn: false }
  return { contact: await closeDown(talk, before), again: false, strangerLoggedIn: false }
}

/** The enrolment has ended: what it could read goes; what it has not sent stays for the lifeboat. */
export async function closeDown({ opened, now }: Talk, before: Contact): Promise<Contact> {
  const store = portOf(opened)
  for (const { dossier } of await store.readDossiers()) await store.dropDossier(dossier)
  const contact = { ...before, revoked: true, lastContact: now() }
  await writeContact(opened, contact)
  return contact
}

/** Null where the server does not say. */
async function isStranger({ accounts, opened }: Talk): Promise<boolean | null> {
  try {
    const { officer } = await accounts.me()
    return officer !== opened.enrolment.person.officer
  } catch (error) {
    if (error instanceof ServerRefusal) return error.network === 'login_expired' ? true : null
    throw error
  }
}

/** True where nothing is left, or the server will not have it: then it waits for the lifeboat. */
async function sendRest({
  store,
  wire,
}: {
  readonly store: Port
  readonly wire: Wire
}): Promise<boolean> {
  for (;;) {
    const device = await store.readDevice()
    const run = device.runs.find(({ acked, n }) => acked < n)
    if (run === undefined) return true
    const request = await nextPush(store, device, run, 500)
    const reply = await wire.push(request)
    if (reply.timeline === null) return false
    if (!reply.ok) return reply.status < 429 && reply.status !== 401
    const held = reply.body.other.filter(({ status }) => status === 'quarantined')
    await store.markAcked(run.epoch, request.first_n + request.items.length - 1, held)
  }
}

/** Another tab may have talked to the server since this one last looked. */
async function catchUp(opened: Opened): Promise<void> {
  const { database, device, memory, memoryOnly } = opened
  const row = await database.run('readonly', ['device'], (tables) => tables.device.get([device]))
  const stale = present(row, 'the device').generation !== memory.generation
  if (stale && !memoryOnly) await readState(opened)
  await readOwn(opened)
}
