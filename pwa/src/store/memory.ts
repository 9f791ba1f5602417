/** What an unlocked enrolment holds in memory: both layers of its replica, in the clear. */

import {
  type ChainEnd,
  type HeldDossier,
  recordKey,
  type ServerRecord,
  type Unsettled,
} from '@sync'

import type { DeviceRow, EnrolmentRow, LeaseRow, PhoneDatabase } from './database'
import type { Identity } from './keys'
import type { Ciphers } from './sealing'

/** A dossier carried: how far, under which key (null where it is kept in memory only). */
export interface Carried extends HeldDossier {
  readonly key: CryptoKey | null
  readonly records: Map<string, ServerRecord>
  /** Which chunk of the database holds a record of a register. */
  readonly chunkOf: Map<string, string>
}

export type OwnLayers = ReadonlyMap<string, readonly Unsettled[]>

const NO_LAYERS: OwnLayers = new Map()

export class Memory {
  leases: readonly LeaseRow[] = []
  /** Up to where `own` is known: another tab may have written since. */
  end: ChainEnd = { epoch: 0, n: 0 }
  /** False until the big registers have been read too. */
  readWhole: boolean
  /** That of the server state in `carried`; some dossiers may be newer. */
  generation = 0
  /** These rise with each change of `own` and `carried`: who reads slowly sees that it moved. */
  ownTurn = 0
  carriedTurn = 0
  #carried = new Map<string, Carried>()
  #own = new Map<string, Unsettled>()
  #layers = new Map<string, Map<string, Unsettled[]>>()

  constructor(public device: DeviceRow, readWhole = true) {
    this.readWhole = readWhole
  }

  get carried(): ReadonlyMap<string, Carried> {
    return this.#carried
  }

  setCarried(dossiers: Iterable<Carried>): void {
    this.carriedTurn += 1
    for (const carried of dossiers) this.#carried.set(carried.dossier, carried)
  }

  dropCarried(dossiers: Iterable<string>): void {
    this.carriedTurn += 1
    for (const dossier of dossiers) this.#carried.delete(dossier)
  }

  /** Own unsettled changesets by id, in the order they were authored. */
  get own(): ReadonlyMap<string, Unsettled> {
    return this.#own
  }

  setOwn(changesets: Iterable<Unsettled>, end: ChainEnd): void {
    this.end = end
    this.ownTurn += 1
    this.#own = new Map()
    this.#layers = new Map()
    for (const changeset of changesets) this.#lay(changeset)
  }

  addOwn(changesets: readonly Unsettled[], end: ChainEnd): void {
    this.end = end
    this.ownTurn += 1
    for (const changeset of changesets) this.#lay(changeset)
  }

  /** Own unsettled changesets of one dossier, by record key. */
  layers(dossier: string): OwnLayers {
    return this.#layers.get(dossier) ?? NO_LAYERS
  }

  /** Every dossier one of the two layers knows, registers included. */
  dossiers(): ReadonlySet<string> {
    return new Set([...this.carried.keys(), ...this.#layers.keys()])
  }

  #lay(changeset: Unsettled): void {
    this.#own.set(changeset.id, changeset)
    const dossier = this.#layers.get(changeset.dossier) ?? new Map<string, Unsettled[]>()
    const key = recordKey(changeset)
    dossier.set(key, [...(dossier.get(key) ?? []), changeset])
    this.#layers.set(changeset.dossier, dossier)
  }
}

/** One unlocked enrolment. `lock()` lets go of it, and with it of every key. */
export interface Opened {
  readonly ciphers: Ciphers
  readonly database: PhoneDatabase
  readonly enrolment: EnrolmentRow
  readonly device: string
  readonly identity: Identity
  /** Seals own changesets; wrapped for the server too. */
  readonly ownKey: CryptoKey
  readonly memory: Memory
  /** The desk: server state never touches its disk. */
  readonly memoryOnly: boolean
  /** Call after memory has changed: redraws here, and tells the other tabs. */
  readonly tell: (dossiers: Iterable<string>) => void
}

/** CS5: `ref.…` are the server's registers. */
export function isRegister(dossier: string): boolean {
  return dossier.startsWith('ref.')
}
