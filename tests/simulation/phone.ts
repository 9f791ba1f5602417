/** One enrolment on one phone: it writes what its screen shows, syncs, and dies at any moment. */

import { author, headText, linkHash, nextPush } from '../../sync/client/src/index'
import { lastRun, readBody, recordKey, recordView, syncOnce } from '../../sync/client/src/index'
import type { Changeset, DeviceState, Draft, MergeTable } from '../../sync/client/src/index'
import type { OwnChangeset, RecordView, SyncReport, Unsettled } from '../../sync/client/src/index'
import type { Keys } from '../../sync/client/tests/keys'
import { changeDraft, newDraft, openingDraft } from './edits'
import type { MemoryStore } from './memory'
import { wireOf } from './network'
import type { Sent } from './network'
import type { Random } from './random'
import type { Server } from './server'

/** The phone was switched off in the middle of something. */
export class Killed extends Error {}

/** What happens before or after the n-th durable step of a sync. Throwing Killed ends it there. */
export interface Interruption {
  readonly at: number
  readonly happens: (signal: { aborted: boolean }) => Promise<unknown>
}

/** What an author saw of a register when he wrote: `<time>|<value>` of each head. */
export type Witness = (changeset: Changeset, field: string, seen: readonly string[]) => void

/** One meeting of phone and server; `chance` null is a perfect network. `now` is true time. */
export interface Contact {
  readonly server: Server
  readonly now: number
  readonly chance: Random | null
  readonly sent: Sent[]
  readonly interruption: Interruption | null
  readonly check: boolean
}

/** What will be written, and the record as the screen showed it. */
interface Sketch {
  readonly made: Draft
  readonly view: RecordView | null
}

export interface Person {
  readonly officer: string
  readonly device: string
  readonly keys: Keys
}

export class Phone {
  /** ms this phone's clock is ahead of the truth. */
  skew = 0
  saved: MemoryStore | null = null

  constructor(
    readonly person: Person,
    public store: MemoryStore,
    private readonly table: MergeTable,
    private readonly witness: Witness,
  ) {}

  /** The same profile on a second phone. */
  cloned(): Phone {
    return new Phone(this.person, this.store.clone(), this.table, this.witness)
  }

  /** Write one changeset: into a dossier it carries or began, or a new dossier. */
  async write(chance: Random, now: number, opens: boolean): Promise<void> {
    const sketch = opens ? { made: openingDraft(chance), view: null } : await this.draft(chance)
    if (sketch !== null) await this.append(sketch, now, chance.hex(8))
  }

  /** What an app with a mistake in it would write: a number no body may hold (CS3). */
  async writeFlawed(chance: Random, now: number): Promise<void> {
    const made = openingDraft(chance)
    const device = await this.store.readDevice()
    const { changeset } = await this.authored(device, made, now, chance.hex(8))
    const body = changeset.body.replace('"schema":1', '"schema":1.0')
    const prev = lastRun(device).hash
    const hash = await linkHash(this.person.keys, changeset.id, prev, body)
    const signature = await this.person.keys.sign(headText(changeset.id, hash))
    await this.keep(device, { ...changeset, body, hash, signature })
  }

  /** One sync over a network; null where the phone was killed in it. */
  async sync(contact: Contact): Promise<SyncReport | null> {
    const { server, now, chance, sent, check } = contact
    const { officer, device, keys } = this.person
    const wire = wireOf(server, { officer, device }, chance, sent)
    const signal = { aborted: false }
    this.store.onStep = interrupter(contact.interruption, signal)
    const options = { table: this.table, now: now + this.skew, schema: 1, check }
    try {
      return await syncOnce({ store: this.store, wire, signer: keys }, { ...options, signal })
    } catch (error) {
      if (error instanceof Killed) return null
      throw error
    } finally {
      this.store.onStep = async () => {}
    }
  }

  /** The message that brings what is unsent, for another phone to carry; null where nothing is. */
  async message(limit: number): Promise<object | null> {
    const device = await this.store.readDevice()
    const run = device.runs.find(({ acked, n }) => acked < n)
    return run === undefined ? null : nextPush(this.store, device, run, limit)
  }

  /** Every record of a dossier as the screen shows it. */
  async views(dossier: string): Promise<readonly RecordView[]> {
    const records = await this.store.records(dossier)
    const server = new Map(records.map((each) => [recordKey(each), each]))
    const own = new Map<string, Unsettled[]>()
    for (const each of await this.store.unsettled()) {
      if (each.dossier !== dossier) continue
      own.set(recordKey(each), [...(own.get(recordKey(each)) ?? []), each])
    }
    const viewer = { device: this.person.device, table: this.table }
    return [...new Set([...server.keys(), ...own.keys()])].sort().flatMap((key) => {
      const view = recordView(viewer, server.get(key) ?? null, own.get(key) ?? [])
      return view === null ? [] : [view]
    })
  }

  private async draft(chance: Random): Promise<Sketch | null> {
    const held = (await this.store.readDossiers()).map(({ dossier }) => dossier)
    const begun = this.store.own().filter(({ entity }) => entity === 'dossier')
    const dossiers = [...new Set([...held, ...begun.map(({ dossier }) => dossier)])].sort()
    if (dossiers.length === 0) return null
    const dossier = chance.pick(dossiers)
    const views = await this.views(dossier)
    const isNew = views.length === 0 || chance.chance(25)
    if (isNew) return { made: newDraft(chance, dossier), view: null }
    const view = chance.pick(views)
    return { made: changeDraft(chance, dossier, view), view }
  }

  private async append({ made, view }: Sketch, now: number, hex: string): Promise<void> {
    const device = await this.store.readDevice()
    const { changeset } = await this.authored(device, made, now, hex)
    await this.keep(device, changeset)
    const read = readBody(changeset.body)
    for (const [field, { seen }] of Object.entries(read.fields)) {
      const heads = view?.fields.get(field)?.heads ?? []
      const named = heads.filter(({ id }) => seen.includes(id))
      this.witness(read, field, named.map(({ time, value }) => `${time}|${JSON.stringify(value)}`))
    }
  }

  private authored(
    device: DeviceState,
    draft: Draft,
    now: number,
    hex: string,
  ): ReturnType<typeof author> {
    return author(this.person.keys, this.table, device, draft, now + this.skew, hex)
  }

  private async keep(device: DeviceState, changeset: OwnChangeset): Promise<void> {
    const { epoch, n } = lastRun(device)
    if (!(await this.store.appendOwn({ epoch, n }, [changeset]))) throw new Error('chain moved')
  }
}

function interrupter(
  interruption: Interruption | null,
  signal: { aborted: boolean },
): () => Promise<void> {
  let moments = 0
  return async () => {
    moments += 1
    if (moments === interruption?.at) await interruption.happens(signal)
  }
}
