/**
 * The local database as screens see it (types.ts). `createStore` is given everything it touches;
 * the composition root knows where it comes from.
 */

import type { MergeTable } from '@sync'

import type { PinCost, Stretch } from '@/adapters/argon2'
import type { Clock } from '@/adapters/clock'
import type { Http, Signal } from '@/adapters/http'
import type { Channel } from '@/adapters/idb'

import { type Accounts, accountsOf } from './accounts'
import { append, appendNumber, type Entry, type Locks } from './append'
import { isLeaseOver } from './contact'
import type { EnrolmentRow, PhoneDatabase } from './database'
import {
  forgetEnrolment,
  makeEnrolment,
  type PinResult,
  readEnrolments,
  tryPin,
  type Unlocking,
} from './enrolments'
import { keep, kept } from './kept'
import { makeDataKey, openDataKey, type PinCiphers } from './keys'
import { lifeboatOf, unsentOn } from './lifeboat'
import { authoredIn } from './own'
import type { Bytes } from './sealing'
import { beginSession, type Session, type SessionHost } from './session'
import { hold } from './state'
import { statusOf } from './status'
import type { Timer } from './sync'
import type { Gate, Lease, LoginResult, Store, Write } from './types'

export { PHONE_DATABASE, type Rows } from './database'
export { WeakPin } from './enrolments'
export { ServerRefusal } from './accounts'
export { PIN_COST } from './keys'
export type * from './types'

export interface StoreDeps {
  /** `openDatabase<Rows>(PHONE_DATABASE)`. */
  readonly idb: PhoneDatabase
  readonly http: Http
  readonly clock: Clock
  readonly random: (count: number) => Bytes
  readonly locks: Locks
  readonly subtle: SubtleCrypto
  readonly channel: Channel
  readonly signal: Signal
  readonly timer: Timer
  /** `sync/contract/merge.json`, and the version of the contract. */
  readonly table: MergeTable
  readonly schema: number
  readonly stretch: Stretch
  readonly pinCost: PinCost
  /** The desk: opened dossiers never touch its disk, facts go up at once. */
  readonly memoryOnly: boolean
  /** What broke in the background; nothing is lost by it, the next turn tries again. */
  readonly onTrouble: (error: unknown) => void
}

/** Nothing may be read or written now: `gate()` says why. */
export class NotOpen extends Error {
  override readonly name = 'NotOpen'
  constructor(readonly gate: Gate) {
    super(gate)
  }
}

export async function createStore(deps: StoreDeps): Promise<Store> {
  return new PhoneStore(deps, await readEnrolments(deps.idb))
}

class PhoneStore implements Store {
  readonly practice = false
  readonly #ciphers: PinCiphers
  readonly #accounts: Accounts
  readonly #listeners = new Set<() => void>()
  #session: Session | null = null
  #mayEnrol = false
  #announced = false

  constructor(
    private readonly deps: StoreDeps,
    private enrolments: readonly EnrolmentRow[],
  ) {
    this.#ciphers = { subtle: deps.subtle, random: deps.random, stretch: deps.stretch }
    this.#accounts = accountsOf(deps.http, deps.signal.present)
  }

  gate = (): Gate => {
    const session = this.#session
    if (session === null) return this.enrolments.length === 0 ? 'empty' : 'locked'
    const over = isLeaseOver(session.contact(), session.opened, this.deps.clock.now())
    return over || session.contact().revoked ? 'lease_over' : 'open'
  }

  person = () => this.#session?.opened.enrolment.person ?? null
  people = () => this.enrolments.map(({ person }) => person)
  status = () => statusOf(this.#session)
  beacon = () => this.#session?.contact().beacon ?? null
  signKey = () => this.#session?.opened.enrolment.sign ?? null
  mayEnrol = (): boolean => this.#mayEnrol
  backedUp = () => this.#session?.contact().backedUp ?? 0

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  login: Store['login'] = async (login, password) =>
    this.#greeted(await this.#accounts.login(login, password))

  choosePassword: Store['choosePassword'] = async (login, code, password) =>
    this.#greeted(await this.#accounts.choosePassword(login, code, password))

  logout = async (): Promise<void> => {
    this.lock()
    await this.#accounts.logout()
  }

  enrol: Store['enrol'] = async (pin, name, code = '') => {
    const wanted = { pin, name, code }
    await this.#begin(await makeEnrolment(this.#unlocking(), this.#accounts, wanted))
    this.#mayEnrol = false
  }

  unlock: Store['unlock'] = async (pin, device = this.enrolments[0]?.device) => {
    if (device === undefined) throw new NotOpen('empty')
    const result = await tryPin(this.#unlocking(), device, pin)
    if (!result.ok) return { ok: false, left: result.left, until: result.until }
    await this.#begin(result)
    return { ok: true }
  }

  lock = (): void => {
    this.#mayEnrol = false
    this.#session?.end()
    this.#session = null
    this.#changed()
  }

  leave = async (): Promise<boolean> => {
    const { device } = this.#unlocked().opened
    const left = await forgetEnrolment(this.deps.idb, device)
    if (!left) return false
    this.lock()
    this.enrolments = await readEnrolments(this.deps.idb)
    this.#changed()
    return true
  }

  dossiers: Store['dossiers'] = (kind) => this.#readable()?.projection.dossiers(kind) ?? []

  records: Store['records'] = (dossier, entity) =>
    this.#readable()?.projection.records(dossier, entity) ?? []

  record: Store['record'] = (dossier, entity, id) =>
    this.#readable()?.projection.record(dossier, entity, id) ?? null

  register: Store['register'] = (kind, entity) => {
    const session = this.#readable()
    if (session === null) return { rows: new Map(), asOf: 0 }
    return session.registers.register(kind, entity, session.contact().lastContact)
  }

  append: Store['append'] = async (writes) => {
    const made = await this.#append(writes.map(entryOf))
    return made.map(({ record }) => record)
  }

  resolve: Store['resolve'] = async (dossier, entity, id, field, value) => {
    await this.#append([{ dossier, entity, id, fields: { [field]: value } }])
  }

  open: Store['open'] = async (fields) => {
    const entry: Entry = { dossier: null, entity: 'dossier', id: null, fields: { ...fields } }
    const [opening] = await this.#append([entry])
    return opening?.dossier ?? ''
  }

  takeNumber: Store['takeNumber'] = async (dossier, kind, year, draft) => {
    const { appending, syncing } = this.#working()
    const made = await appendNumber(appending, { dossier, kind, year, draft })
    if (made !== null) syncing.soon()
    return made?.record ?? null
  }

  leases = (): readonly Lease[] => {
    const rows = this.#session?.opened.memory.leases ?? []
    return rows.filter(({ live }) => live)
  }

  carry = async (dossier: string): Promise<boolean> => {
    const { opened, syncing, whole } = this.#working()
    await whole()
    await hold(opened, dossier)
    await syncing.now()
    return opened.memory.carried.get(dossier)?.snapshot === null
  }

  newDataKey = async (evidence: string): Promise<CryptoKey> => {
    const known = await this.dataKey(evidence)
    if (known !== null) return known
    const { identity, enrolment, device } = this.#unlocked().opened
    const name = `evidence/${evidence}`
    const made = await makeDataKey(this.#ciphers, identity, enrolment.hpke, device, name)
    await this.deps.idb.run('readwrite', ['key'], (tables) => tables.key.put(made.row))
    return made.key
  }

  dataKey = async (evidence: string): Promise<CryptoKey | null> => {
    const { identity, device } = this.#unlocked().opened
    const row = await this.deps.idb.run('readonly', ['key'], (tables) =>
      tables.key.get([device, `evidence/${evidence}`]),
    )
    return row === undefined ? null : openDataKey(this.#ciphers, identity, row)
  }

  keep: Store['keep'] = (name, value) => keep(this.#unlocked().opened, `app/${name}`, value)
  kept: Store['kept'] = (name) => kept(this.#unlocked().opened, `app/${name}`)

  sync = async (): Promise<void> => {
    await this.#unlocked().syncing.now()
  }

  authored: Store['authored'] = (entity) => authoredIn(this.#unlocked().opened, entity)
  lifeboat = (): Promise<Blob> => lifeboatOf(this.deps.idb)
  unsentHere = (): Promise<number> => unsentOn(this.deps.idb)

  close = (): void => {
    this.lock()
    this.#listeners.clear()
    this.deps.idb.close()
  }

  async #append(entries: readonly Entry[]): ReturnType<typeof append> {
    const { appending, syncing } = this.#working()
    const made = await append(appending, entries)
    syncing.soon()
    return made
  }

  async #begin({ enrolment, identity }: PinResult & { ok: true }): Promise<void> {
    this.#session?.end()
    this.#session = await beginSession(this.#sessionHost(), enrolment, identity)
    this.enrolments = await readEnrolments(this.deps.idb)
    this.#session.syncing.start()
    this.#changed()
  }

  #sessionHost(): SessionHost {
    const { idb, clock } = this.deps
    const now = () => clock.now()
    const changed = () => this.#changed()
    const own = { ciphers: this.#ciphers, accounts: this.#accounts, database: idb, now, changed }
    return { ...this.deps, ...own }
  }

  #greeted(result: LoginResult): LoginResult {
    this.#mayEnrol = result.ok
    return result
  }

  #unlocking(): Unlocking {
    const { idb, pinCost, clock } = this.deps
    return { ciphers: this.#ciphers, database: idb, pinCost, now: () => clock.now() }
  }

  /** With keys, whatever the access lease says: sending and recording go on. */
  #unlocked(): Session {
    if (this.#session === null) throw new NotOpen(this.gate())
    return this.#session
  }

  #working(): Session {
    if (this.gate() !== 'open') throw new NotOpen(this.gate())
    return this.#unlocked()
  }

  #readable(): Session | null {
    return this.gate() === 'open' ? this.#session : null
  }

  /** Many changes of one turn are told once. */
  #changed(): void {
    if (this.#announced) return
    this.#announced = true
    queueMicrotask(() => {
      this.#announced = false
      for (const listener of [...this.#listeners]) listener()
    })
  }
}

function entryOf({ dossier, entity, id, fields }: Write): Entry {
  return { dossier, entity, id: id ?? null, fields: { ...fields } }
}
