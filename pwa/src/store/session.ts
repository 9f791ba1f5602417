/** One unlocked enrolment at work: memory, projection, appending, conversing with the server. */

import type { MergeTable } from '@sync'

import type { Http, Signal } from '@/adapters/http'
import type { Channel } from '@/adapters/idb'

import { type Accounts, ServerRefusal } from './accounts'
import type { AppendHost, Locks } from './append'
import { type Contact, NO_CONTACT, readContact } from './contact'
import { closeDown, converse, type Talk } from './conversation'
import { type EnrolmentRow, type PhoneDatabase, present } from './database'
import { OWN_KEY } from './enrolments'
import { type Identity, openDataKey } from './keys'
import { Memory, type Opened } from './memory'
import { readLeases, readOwn } from './own'
import { type Projection, projectionOf } from './projection'
import { readAnew, readBig, readSmall } from './reading'
import { type Registers, registersOf } from './registers'
import type { Ciphers } from './sealing'
import { signerOf } from './signer'
import { type Syncing, syncingOf, type Timer } from './sync'
import type { Network } from './types'
import { networkOf, wireOf } from './wire'

export interface SessionHost {
  readonly ciphers: Ciphers
  readonly database: PhoneDatabase
  readonly http: Http
  readonly locks: Locks
  readonly channel: Channel
  readonly signal: Signal
  readonly timer: Timer
  readonly accounts: Accounts
  readonly table: MergeTable
  readonly schema: number
  readonly memoryOnly: boolean
  /** UTC ms. */
  readonly now: () => number
  readonly onTrouble: (error: unknown) => void
  /** Anything that is shown may have changed. */
  readonly changed: () => void
}

export interface Session {
  readonly opened: Opened
  readonly appending: AppendHost
  readonly projection: Projection
  readonly registers: Registers
  readonly syncing: Syncing
  network(): Network
  contact(): Contact
  /** Resolves once every dossier on this phone is in memory. */
  whole(): Promise<void>
  end(): void
}

const PAUSE_MS = 1_000

export async function beginSession(
  host: SessionHost,
  enrolment: EnrolmentRow,
  identity: Identity,
): Promise<Session> {
  const { database, ciphers, channel, table } = host
  const { device } = enrolment
  const [state, ownRow] = await database.run('readonly', ['device', 'key'], async (tables) => [
    present(await tables.device.get([device]), 'the device'),
    present(await tables.key.get([device, OWN_KEY]), 'the key of own work'),
  ])
  const ownKey = await openDataKey(ciphers, identity, ownRow)
  const memory = new Memory(state, host.memoryOnly)
  let network: Network = 'unknown'
  let contact = NO_CONTACT
  let reading: Promise<void> | null = null

  const projection = projectionOf(memory, table, () => syncing.busy() && network === 'ok')
  const registers = registersOf(memory)
  const redraw = (dossiers: Iterable<string>): void => {
    const changed = [...dossiers]
    projection.forget(changed)
    registers.forget(changed)
    host.changed()
  }
  const tell = (dossiers: Iterable<string>): void => {
    const changed = [...dossiers]
    redraw(changed)
    channel.post({ device, dossiers: changed })
  }
  const { memoryOnly, http, signal, locks, now, schema, accounts, onTrouble } = host
  const opened: Opened = {
    ...{ ciphers, database, enrolment, device, identity, ownKey, memory, memoryOnly, tell },
  }
  const signer = signerOf(ciphers, identity.signing)
  const appending: AppendHost = { opened, signer, table, schema, locks, now }
  const wire = wireOf(http, device, (answer) => {
    network = networkOf(answer, signal.present())
  })
  const talk: Talk = { ...appending, wire, accounts }

  /**
   * The keys are open, so the PIN was given: that is enough for a session of one's own (SN12). Where
   * the server has closed this enrolment, the phone learns it here.
   */
  const renewSession = async (): Promise<boolean> => {
    try {
      await accounts.renew(device, signer.sign)
      return true
    } catch (error) {
      if (!(error instanceof ServerRefusal)) throw error
      if (error.code === 'enrolment') contact = await closeDown(talk, contact)
      return false
    }
  }

  const syncing = syncingOf({
    ...{ device, http, locks, signal, timer: host.timer, onTrouble },
    pauseMs: memoryOnly ? 0 : PAUSE_MS,
    converse: async (stop) => {
      await whole()
      const outcome = await converse(talk, contact, stop)
      contact = outcome.contact
      if (outcome.strangerLoggedIn) network = 'login_expired'
      const renewed = network === 'login_expired' && (await renewSession())
      // The next unlocking asks again: an end by mistake is put right by the administrator.
      if (contact.revoked) syncing.stop()
      redraw(memory.dossiers())
      return outcome.again || renewed
    },
  })

  const readRest = async (): Promise<void> => {
    await readBig(opened)
    memory.readWhole = true
    redraw(memory.carried.keys())
  }

  /** The big registers come after the tasks stand, and before anything is changed by a sync. */
  const whole = (): Promise<void> => {
    reading ??= readRest().catch((error: unknown) => {
      reading = null
      throw error
    })
    return reading
  }

  /** What another tab wrote. While this one converses, no other changes the server state. */
  const hear = async (message: unknown): Promise<void> => {
    const { device: whose, dossiers } = message as { device: string; dossiers: string[] }
    if (whose !== device) return
    if (memoryOnly) syncing.soon()
    if (!syncing.busy()) await readAnew(opened, new Set(dossiers))
    await readOwn(opened)
    redraw(dossiers)
  }

  await readSmall(opened)
  await readOwn(opened)
  await readLeases(opened)
  contact = await readContact(opened)
  let ended = false
  const trouble = (error: unknown): void => {
    if (!ended) onTrouble(error)
  }
  const deafen = channel.listen((message) => void hear(message).catch(trouble))
  return {
    ...{ opened, appending, projection, registers, syncing },
    network: () => network,
    contact: () => contact,
    whole,
    end: () => {
      ended = true
      deafen()
      syncing.stop()
    },
  }
}
