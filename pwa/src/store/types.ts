/**
 * What screens and features see of the local database. Everything shown comes from here; a write
 * resolves when it is durable on this phone (encrypted, in one IndexedDB transaction).
 */

import type { Records } from '@contract/records'
import type { HeadView } from '@sync'

export type Entity = keyof Records & string

/** Where a record's newest words are: only here, on their way, on the server, or held (待受理). */
export type Place = 'phone' | 'sending' | 'server' | 'held'

export interface FieldState {
  readonly value: unknown
  readonly conflict: boolean
  readonly heads: readonly HeadView[]
}

/** A record as it is shown; `values` holds the shown value of each register that has a head. */
export interface Shown<E extends Entity = Entity> {
  readonly dossier: string
  readonly entity: E
  readonly id: string
  readonly values: Records[E]
  readonly fields: Readonly<Record<string, FieldState>>
  readonly conflicts: readonly string[]
  readonly place: Place
  /** QU1 reason when it is held. */
  readonly held: string | null
  /** The device of the creating changeset, and its time (UTC ms). */
  readonly device: string
  readonly created: number
}

/** A record as this enrolment wrote it. */
export interface Authored<E extends Entity> {
  readonly dossier: string
  readonly id: string
  readonly values: Records[E]
}

/** A union field is written by elements; other fields by their value. */
export interface UnionEdit {
  readonly add?: readonly string[]
  readonly remove?: readonly string[]
}

export type Edits<E extends Entity> = {
  readonly [F in keyof Records[E]]?: Records[E][F] | UnionEdit
}

/** Without `E`: of any entity, the fields being those of the entity it names. */
export type Write<E extends Entity = Entity> = {
  readonly [K in E]: {
    readonly dossier: string
    readonly entity: K
    /** Absent: a new record. */
    readonly id?: string
    readonly fields: Edits<K>
  }
}[E]

export interface Lease {
  readonly kind: string
  readonly year: number
  readonly prefix: string
  readonly suffix: string
  readonly next: number
  readonly last: number
}

/** Truth about the network, decided by answers, never by navigator.onLine. */
export type Network = 'unknown' | 'ok' | 'offline' | 'server_down' | 'captive' | 'login_expired'

export interface Status {
  readonly network: Network
  /** Own changesets the server has not acknowledged. */
  readonly unsent: number
  readonly held: number
  readonly conflicts: number
  /** UTC ms of the last answer of the server, 0 = never. */
  readonly lastContact: number
  /** Phone minus server, ms. */
  readonly skew: number
  /** UTC ms at which offline reading ends (GR5). */
  readonly leaseUntil: number
  readonly revoked: boolean
  /** First sync of registers: done / total records, null when complete. */
  readonly loading: { readonly done: number; readonly total: number } | null
}

export type Gate = 'empty' | 'locked' | 'open' | 'lease_over'

export interface Person {
  readonly officer: string
  readonly name: string
  readonly bureau: string
  readonly section: string
  readonly sectionName: string
  readonly sectionKind: string
  readonly roles: readonly string[]
  readonly device: string
}

export type UnlockResult =
  | { readonly ok: true }
  | { readonly ok: false; readonly left: number; readonly until: number }

/** A register's record has one field, `record`: the whole row. */
export type RowOf<E extends Entity> = Records[E] extends { record?: infer R }
  ? NonNullable<R> & { readonly id: string }
  : never

/** `title` is the server's own sentence, where it gave one. */
export type LoginResult =
  | { readonly ok: true }
  | {
      readonly ok: false
      readonly network: Network
      readonly title: string | null
      /** `code`: what was typed is a one-time code, to be changed before anything else. */
      readonly code: string
    }

/** The server's signed time (SPEC, signed texts): what follows it happened later than `now`. */
export interface Beacon {
  readonly key: string
  /** UTC ms. */
  readonly now: number
  readonly signature: string
}

/** A register carried for offline use, decrypted in memory while open; rows by their `id`. */
export interface Register<E extends Entity> {
  readonly rows: ReadonlyMap<string, RowOf<E>>
  /** UTC ms of the last pull that reached its end. */
  readonly asOf: number
}

export interface Store {
  /** 练习: nothing of it leaves this phone's memory, and its papers say so. */
  readonly practice: boolean

  /** What the next screen must be: login and enrol, PIN, or work. */
  gate(): Gate
  person(): Person | null
  /** Every enrolment in this browser profile (two officers may share a phone). */
  people(): readonly Person[]
  status(): Status
  subscribe(listener: () => void): () => void

  login(login: string, password: string): Promise<LoginResult>
  /** With the one-time code an administrator gave: a password of one's own, and a session. */
  choosePassword(login: string, code: string, password: string): Promise<LoginResult>
  /** Ends the server's session and locks; unsent work stays, sealed. */
  logout(): Promise<void>
  /** A password was given in this page and no phone enrolled by it yet. */
  mayEnrol(): boolean
  /** After an online login: makes keys under the PIN, enrols at the server, opens. */
  enrol(pin: string, name: string, code?: string): Promise<void>
  unlock(pin: string, device?: string): Promise<UnlockResult>
  /** Hides everything at once; recorder and uploads keep their own keys. */
  lock(): void
  /** Refused (false) while anything is unsent; else forgets keys and data of this enrolment. */
  leave(): Promise<boolean>

  /** Takes a dossier that is not granted but may be read (the desk); false where it may not. */
  carry(dossier: string): Promise<boolean>
  /** The last signed time of the server that verified: evidence is younger than it. */
  beacon(): Beacon | null
  /** The server's key for receipts, as it was told at the enrolment: its id, and the SPKI. */
  signKey(): { readonly key: string; readonly public: string } | null
  /** What the server received up to then (UTC ms) lies in a backup of it; 0 = it makes none. */
  backedUp(): number

  dossiers(kind?: string): readonly string[]
  records<E extends Entity>(dossier: string, entity: E): readonly Shown<E>[]
  record<E extends Entity>(dossier: string, entity: E, id: string): Shown<E> | null
  /** What this enrolment wrote of an entity, of dossiers it no longer carries too; at any gate. */
  authored<E extends Entity>(entity: E): Promise<readonly Authored<E>[]>
  /** `ref.<kind>.<bureau>`: enterprises, officers, items, packs, keys, calendars, law. */
  register<E extends Entity>(kind: string, entity: E): Register<E>

  /** Append; `seen` is what is shown now. Resolves with the record ids once durable. */
  append(writes: readonly Write[]): Promise<readonly string[]>
  /** Settle two versions: an edit that saw every head. */
  resolve(dossier: string, entity: Entity, id: string, field: string, value: unknown): Promise<void>
  /** A dossier this phone opens offline (GR4); resolves with its id. */
  open(fields: Records['dossier']): Promise<string>
  /** Number record and lease pointer in one transaction; null when the lease is used up. */
  takeNumber(dossier: string, kind: string, year: number, draft: string): Promise<string | null>
  leases(): readonly Lease[]

  /** A fresh AES-GCM key for one evidence item, wrapped for the officer and for the server. */
  newDataKey(evidence: string): Promise<CryptoKey>
  dataKey(evidence: string): Promise<CryptoKey | null>
  /** Small encrypted values of the app: drafts of screens, upload URLs, settings. */
  keep(name: string, value: unknown): Promise<void>
  kept(name: string): Promise<unknown>

  /** Push, pull, snapshots; safe to call at any time, one at a time over all tabs. */
  sync(): Promise<void>
  /** An encrypted pack of everything unsent, openable by the server only (救生包). */
  lifeboat(): Promise<Blob>
  /** Unsent changesets of everybody on this phone; known without a key. */
  unsentHere(): Promise<number>
  /** Locks and lets go of the database and every listener. */
  close(): void
}
