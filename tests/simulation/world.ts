/** Several phones, one real server, and everything that may happen between them. */

import type { Changeset, MergeTable, SyncReport } from '../../sync/client/src/index'
import type { Keys } from '../../sync/client/tests/keys'
import { contentOf } from './content'
import { MemoryStore } from './memory'
import type { Sent } from './network'
import { Killed, Phone } from './phone'
import type { Interruption } from './phone'
import { Random } from './random'
import type { Server } from './server'
import type { Step } from './steps'

/** A promise of the protocol that did not hold. */
export class Violation extends Error {}

export interface Held {
  readonly device: string
  readonly epoch: number
  readonly n: number
  readonly dossier: string
  readonly reason: string
}

/** `[device, epoch, n, hash]` of every changeset the server has taken in. */
export type Known = Readonly<
  Record<'accepted' | 'quarantined', readonly (readonly [string, number, number, string])[]>
>

const OFFICERS = ['of_1', 'of_2', 'of_3', 'of_4', 'of_9']
const START_MS = 1_780_000_000_000
const DAY_MS = 86_400_000
const MAX_PHONES = 6
const RELEASABLE = new Set(['no_authority', 'revoked', 'incomplete', 'blocked'])

export class World {
  readonly phones: Phone[] = []
  readonly sent: Sent[] = []
  readonly dossiers: string[] = []
  /** `<changeset's content>/<field>` → what its author saw there. */
  readonly witnessed = new Map<string, Set<string>>()
  /** Devices whose enrolment has ended, now and when the server was last backed up. */
  ended = new Set<string>()
  private endedAtBackup: ReadonlySet<string> = new Set()
  /** Devices that were in two hands, and whether the server ever lost what it knew of them. */
  readonly doubled = new Set<string>()
  restored = false
  now = START_MS
  private told = 0
  forks = 0

  private constructor(
    readonly server: Server,
    readonly table: MergeTable,
  ) {}

  /** Three or four phones, one dossier of the office, and a backup to go back to. */
  static async begin(
    server: Server,
    table: MergeTable,
    keys: readonly Keys[],
    seed: number,
  ): Promise<World> {
    const world = new World(server, table)
    await server.told('reset', { seed })
    const others = [[], ['of_1'], [], ['of_9']][seed % 4] ?? []
    for (const [index, officer] of ['of_1', 'of_2', 'of_3', ...others].entries()) {
      await world.enrol(officer, keys[index])
    }
    await world.officeOpens(['of_1', 'of_2'])
    await server.told('backup')
    for (const phone of world.phones.slice(0, 2)) {
      await world.sync(phone, null)
      phone.saved = phone.store.clone()
    }
    return world
  }

  async take(step: Step): Promise<void> {
    const chance = new Random(step.salt)
    const phone = this.phones[step.phone % this.phones.length]
    if (phone === undefined) throw new RangeError('no phone')
    this.now += 1 + chance.below(60_000)
    await this.acts[step.kind](phone, chance)
  }

  /** One sync of one phone; `chance` null for a perfect network. */
  async sync(
    phone: Phone,
    chance: Random | null,
    happens: Interruption['happens'] | null = null,
    check = false,
  ): Promise<SyncReport | null> {
    if (this.told !== this.now) await this.server.told('clock', { now: this.now })
    this.told = this.now
    const { server, now, sent } = this
    const interruption =
      happens === null || chance === null ? null : { at: 1 + chance.below(16), happens }
    const report = await phone.sync({ server, now, chance, sent, interruption, check })
    this.forks += report?.forks ?? 0
    if (report !== null && report.restarted.length > 0) {
      throw new Violation(`I3 ${phone.person.device} had to take ${report.restarted} anew`)
    }
    return report
  }

  private readonly acts: Readonly<
    Record<Step['kind'], (phone: Phone, chance: Random) => Promise<unknown>>
  > = {
    edit: async (phone, chance) => {
      for (let left = 1 + chance.below(4); left > 0; left -= 1) {
        await phone.write(chance, this.now, false)
      }
    },
    open: (phone, chance) => phone.write(chance, this.now, true),
    flawed: (phone, chance) => phone.writeFlawed(chance, this.now),
    sync: (phone, chance) => this.sync(phone, chance),
    kill: (phone, chance) => this.sync(phone, chance, () => Promise.reject(new Killed())),
    stop: (phone, chance) =>
      this.sync(phone, chance, async (signal) => {
        signal.aborted = true
      }),
    busy: (phone, chance) =>
      this.sync(phone, chance, () => phone.write(chance, this.now, false)),
    meanwhile: (phone, chance) =>
      this.sync(phone, chance, async () => {
        const other = chance.pick(this.phones)
        await other.write(chance, this.now, false)
        if (other !== phone) await this.sync(other, null)
      }),
    carry: (phone, chance) => this.carry(phone, chance),
    repeat: (_, chance) => this.repeat(chance),
    late: (_, chance) => this.late(chance),
    serverClock: async (_, chance) => {
      this.now += chance.below(DAY_MS)
    },
    phoneClock: async (phone, chance) => {
      phone.skew = chance.pick([-DAY_MS, -1, 0, 130_000, DAY_MS])
    },
    grant: (_, chance) => this.granting('grant', chance),
    revoke: (_, chance) => this.granting('revoke', chance),
    officeOpens: (_, chance) => this.officeOpens(chance.some(OFFICERS, 3)),
    release: (_, chance) => this.release(chance),
    serverRestart: () => this.server.told('restart'),
    serverCrash: (_, chance) =>
      this.server.told('crash', { point: chance.pick(['before_commit', 'after_commit']) }),
    serverBackup: async () => {
      await this.server.told('backup')
      this.endedAtBackup = new Set(this.ended)
    },
    serverRestore: async () => {
      await this.server.told('restore')
      this.restored = true
      this.ended = new Set(this.endedAtBackup)
    },
    phoneBackup: async (phone) => {
      phone.saved = phone.store.clone()
    },
    phoneRestore: async (phone, chance) => {
      phone.store = phone.saved?.clone() ?? phone.store
      this.doubled.add(phone.person.device)
      await phone.write(chance, this.now, false)
    },
    phoneClone: async (phone, chance) => {
      if (this.phones.length >= MAX_PHONES) return
      const clone = phone.cloned()
      this.doubled.add(phone.person.device)
      this.phones.push(clone)
      for (const each of [phone, clone]) await each.write(chance, this.now, false)
    },
    enrolmentEnds: async ({ person: { device } }) => {
      await this.server.told('revoke_enrolment', { device })
      this.ended.add(device)
    },
  }

  private async enrol(officer: string, keys: Keys | undefined): Promise<void> {
    if (keys === undefined) throw new RangeError('no keys')
    const facts = { officer, public_key: keys.publicKey }
    const enrolled = await this.server.told<{ device: string; epoch: number; timeline: string }>(
      'enrol',
      facts,
    )
    const { device, epoch, timeline } = enrolled
    const store = MemoryStore.enrolled(device, epoch, timeline)
    const person = { officer, device, keys }
    this.phones.push(new Phone(person, store, this.table, this.witness))
  }

  private async officeOpens(officers: readonly string[]): Promise<void> {
    const facts = { officers, kind: 'inspection' }
    const { dossier } = await this.server.told<{ dossier: string }>('open', facts)
    this.dossiers.push(dossier)
  }

  /** A second phone brings what the first could not send (SN12). */
  private async carry(phone: Phone, chance: Random): Promise<void> {
    const body = await phone.message(1 + chance.below(8))
    if (body === null) return
    const { officer, device } = chance.pick(this.phones).person
    await this.server.ask('push', { officer, courier: device, body })
  }

  /** I6: a message the server has answered, once more. */
  private async repeat(chance: Random): Promise<void> {
    const taken = this.sent.filter(({ taken }) => taken)
    if (taken.length === 0) return
    const before = await this.known()
    await this.server.ask('push', chance.pick(taken).facts)
    const after = await this.known()
    if (JSON.stringify(before) !== JSON.stringify(after)) {
      throw new Violation('I6 a repeated push changed something')
    }
  }

  /** A message that seemed lost arrives after all. */
  private async late(chance: Random): Promise<void> {
    const lost = this.sent.filter(({ taken }) => !taken)
    if (lost.length > 0) await this.server.ask('push', chance.pick(lost).facts)
  }

  private async granting(op: 'grant' | 'revoke', chance: Random): Promise<void> {
    const begun = this.phones.flatMap(({ store }) => store.own().map(({ dossier }) => dossier))
    const dossier = chance.pick([...new Set([...this.dossiers, ...begun])])
    const { rows } = await this.server.told<{ rows: readonly object[] }>('log', { dossier })
    if (rows.length === 0) return
    await this.server.told(op, { officer: chance.pick(OFFICERS), dossier })
  }

  private async release(chance: Random): Promise<void> {
    const held = await this.server.told<readonly Held[]>('quarantine')
    const releasable = held.filter(({ reason }) => RELEASABLE.has(reason))
    if (releasable.length === 0) return
    for (const { dossier, device, epoch, n } of chance.some(releasable, 4)) {
      await this.server.ask('release', { dossier, device, epoch, n })
    }
  }

  known(): Promise<Known> {
    return this.server.told<Known>('all')
  }

  private readonly witness = (
    changeset: Changeset,
    field: string,
    seen: readonly string[],
  ): void => {
    const key = `${contentOf(changeset)}/${field}`
    this.witnessed.set(key, new Set([...(this.witnessed.get(key) ?? []), ...seen]))
  }
}
