/**
 * What lies on the phone. Rows begin with the enrolment they belong to, so that two officers on
 * one phone never meet. In the clear stand: the officers' own cards (the lock screen names whose
 * PIN it wants), random names, counters and times; everything else is sealed.
 */

import type { DeviceState, HeldDossier } from '@sync'

import type { Database, DatabaseSpec } from '@/adapters/idb'

import type { ServerHpke } from './handing'
import type { DataKeyRow, WrappedIdentity } from './keys'
import type { Bytes } from './sealing'
import type { Lease, Person } from './types'

export interface EnrolmentRow {
  readonly device: string
  readonly person: Person
  readonly wrapped: WrappedIdentity
  readonly hpke: ServerHpke
  /** The server's key for receipts and beacons: its id, and the SPKI as base64url. */
  readonly sign: { readonly key: string; readonly public: string }
  /** Wrong PINs since the last right one, and until when (UTC ms) no more are taken. */
  readonly failed: number
  readonly until: number
  /** UTC ms of the last opening: whom the lock screen offers first. */
  readonly used: number
}

/** `generation` rises with each change of server state: a tab with an older one reads anew. */
export interface DeviceRow extends DeviceState {
  readonly generation: number
}

/** `open`: the server state does not hold it yet. Kept when closed: a restored server may ask. */
export interface OwnRow {
  readonly device: string
  readonly epoch: number
  readonly n: number
  readonly open: 0 | 1
  /** QU1 reason while it is in quarantine. */
  readonly refused: string | null
  /** An OwnChangeset as JSON. */
  readonly sealed: Bytes
}

export interface DossierRow extends HeldDossier {
  readonly device: string
}

/** One record of a dossier, or a pack of records of a register: a list of ServerRecord as JSON. */
export interface ChunkRow {
  readonly device: string
  readonly dossier: string
  readonly chunk: string
  readonly sealed: Bytes
}

/** Numbers from `first` to `last` may be given; `live` ends with the epoch or by the server. */
export interface LeaseRow extends Lease {
  readonly device: string
  readonly first: number
  readonly live: boolean
}

export interface SealedRow {
  readonly device: string
  readonly name: string
  readonly sealed: Bytes
}

export interface Rows {
  enrolment: EnrolmentRow
  device: DeviceRow
  own: OwnRow
  dossier: DossierRow
  chunk: ChunkRow
  key: DataKeyRow
  lease: LeaseRow
  kept: SealedRow
}

export type PhoneDatabase = Database<Rows>

export const PHONE_DATABASE: DatabaseSpec = {
  name: 'anxun',
  version: 1,
  steps: {},
  tables: {
    enrolment: { key: ['device'] },
    device: { key: ['device'] },
    own: { key: ['device', 'epoch', 'n'], indexes: { open: ['device', 'open'] } },
    dossier: { key: ['device', 'dossier'] },
    chunk: { key: ['device', 'dossier', 'chunk'] },
    key: { key: ['device', 'name'] },
    lease: { key: ['device', 'kind', 'year', 'first'] },
    kept: { key: ['device', 'name'] },
  },
}

export const ALL_TABLES = Object.keys(PHONE_DATABASE.tables) as readonly (keyof Rows)[]

/** A row that must be there: its absence means that somebody else emptied the database. */
export function present<Row>(row: Row | undefined, what: string): Row {
  if (row === undefined) throw new RangeError(`${what} is not in the database`)
  return row
}
