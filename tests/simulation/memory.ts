/**
 * The phone's storage in memory. Every method is one durable step, as the port asks; between any
 * two of them the phone may be killed, and a copy of the whole is a cloned profile.
 */

import {
  applyLine,
  applyRows,
  FIRST_PREV,
  laterTime,
  lastRun,
  observedInLines,
  observedInRows,
  recordKey,
} from '../../sync/client/src/index'
import type {
  ChainEnd,
  DeviceState,
  HeldDossier,
  ItemResult,
  OwnChangeset,
  Receipt,
  Row,
  Run,
  ServerRecord,
  SnapshotPage,
  Store,
  Time,
  Unsettled,
} from '../../sync/client/src/index'

type Kept = Unsettled & { readonly settled: boolean }

interface Carried {
  readonly cursor: number
  readonly snapshot: { readonly next: string | null } | null
  readonly records: ReadonlyMap<string, ServerRecord>
}

interface Disk {
  device: DeviceState
  own: readonly Kept[]
  dossiers: ReadonlyMap<string, Carried>
}

const EMPTY: Carried = { cursor: 0, snapshot: { next: null }, records: new Map() }

export class MemoryStore implements Store {
  /** Called around every durable step; throwing before it is a kill that lost the step. */
  onStep: () => Promise<void> = async () => {}

  private constructor(private readonly disk: Disk) {}

  /** What an enrolment begins with. */
  static enrolled(device: string, epoch: number, timeline: string): MemoryStore {
    const runs = [{ epoch, n: 0, hash: FIRST_PREV, acked: 0 }]
    const state = { device, timeline, time: null, runs }
    return new MemoryStore({ device: state, own: [], dossiers: new Map() })
  }

  /** A copy of the profile, keys apart. */
  clone(): MemoryStore {
    return new MemoryStore(structuredClone(this.disk))
  }

  async readDevice(): Promise<DeviceState> {
    return this.disk.device
  }

  async appendOwn(end: ChainEnd, changesets: readonly OwnChangeset[]): Promise<boolean> {
    if (!this.endsAt(end)) return false
    const last = changesets.at(-1)
    if (last === undefined) return true
    await this.step(() => {
      this.keep(changesets)
      this.setRun({ ...lastRun(this.disk.device), n: last.n, hash: last.hash })
      this.observe(last.time)
    })
    return true
  }

  async ownAfter(epoch: number, n: number, limit: number): Promise<readonly OwnChangeset[]> {
    return this.disk.own.filter((own) => own.epoch === epoch && own.n > n).slice(0, limit)
  }

  async unsettled(): Promise<readonly Unsettled[]> {
    return this.disk.own.filter(({ settled }) => !settled)
  }

  async markAcked(epoch: number, n: number, quarantined: readonly ItemResult[]): Promise<void> {
    const reasons = new Map(quarantined.map((item) => [item.n, item.reason ?? '']))
    await this.step(() => {
      const run = this.disk.device.runs.find((each) => each.epoch === epoch)
      if (run === undefined) throw new RangeError(`no run ${epoch}`)
      this.setRun({ ...run, acked: n })
      this.changeOwn((own) => {
        const reason = own.epoch === epoch ? reasons.get(own.n) : undefined
        return reason === undefined ? own : { ...own, refused: reason }
      })
    })
  }

  async settle(ids: readonly string[]): Promise<void> {
    const settled = new Set(ids)
    await this.step(() => {
      this.changeOwn((own) => (settled.has(own.id) ? { ...own, settled: true } : own))
    })
  }

  async setReceipts(receipts: readonly Receipt[]): Promise<void> {
    const byPlace = new Map(receipts.map((receipt) => [`${receipt.epoch}.${receipt.n}`, receipt]))
    const acked = new Map(this.disk.device.runs.map((run) => [run.epoch, run.acked]))
    await this.step(() => {
      this.changeOwn((own) => {
        const receipt = byPlace.get(`${own.epoch}.${own.n}`)
        if (receipt === undefined || own.n > (acked.get(own.epoch) ?? 0)) return own
        return { ...own, refused: receipt.status === 'released' ? null : receipt.reason }
      })
    })
  }

  async readDossiers(): Promise<readonly HeldDossier[]> {
    return [...this.disk.dossiers].map(([dossier, { cursor, snapshot }]) => {
      return { dossier, cursor, snapshot }
    })
  }

  async hold(dossier: string): Promise<void> {
    if (this.disk.dossiers.has(dossier)) return
    await this.step(() => this.carry(dossier, EMPTY))
  }

  async restart(dossier: string): Promise<void> {
    await this.step(() => this.carry(dossier, EMPTY))
  }

  async applyRows(dossier: string, rows: readonly Row[]): Promise<void> {
    const carried = this.carried(dossier)
    const held = (key: string): ServerRecord | undefined => carried.records.get(key)
    const changed = applyRows(held, carried.cursor, rows)
    const bodies = new Set(rows.map(({ body }) => body))
    await this.step(() => {
      const records = new Map([...carried.records, ...changed])
      this.carry(dossier, { ...carried, cursor: rows.at(-1)?.seq ?? carried.cursor, records })
      this.changeOwn((own) => (bodies.has(own.body) ? { ...own, settled: true } : own))
      this.observe(observedInRows(rows))
    })
  }

  async applySnapshotPage(dossier: string, page: SnapshotPage): Promise<void> {
    const carried = this.carried(dossier)
    const first = carried.snapshot?.next === null
    const records = new Map(carried.records)
    for (const line of page.lines) {
      const record = applyLine(records.get(recordKey(line)), line)
      if (record !== null) records.set(recordKey(line), record)
    }
    await this.step(() => {
      const snapshot = page.next === null ? null : { next: page.next }
      this.carry(dossier, { cursor: first ? page.seq0 : carried.cursor, snapshot, records })
      this.observe(observedInLines(page.lines))
    })
  }

  async records(dossier: string): Promise<readonly ServerRecord[]> {
    return [...(this.disk.dossiers.get(dossier)?.records.values() ?? [])]
  }

  async dropDossier(dossier: string): Promise<void> {
    await this.step(() => {
      this.disk.dossiers = new Map([...this.disk.dossiers].filter(([name]) => name !== dossier))
    })
  }

  async dropServerState(timeline: string): Promise<void> {
    await this.step(() => {
      const { device } = this.disk
      const runs = device.runs.map((run) => ({ ...run, acked: 0 }))
      this.disk.device = { ...device, timeline, runs }
      this.disk.dossiers = new Map()
      this.changeOwn((own) => ({ ...own, settled: false, refused: null }))
    })
  }

  async reissue(
    end: ChainEnd,
    first: number,
    epoch: number,
    changesets: readonly OwnChangeset[],
  ): Promise<boolean> {
    if (!this.endsAt(end)) return false
    await this.step(() => {
      const cut = this.disk.device.runs.map((run) => (run.epoch < first ? run : this.cutOff(run)))
      this.disk.own = this.disk.own.filter(({ epoch: at, n }) => {
        return n <= (cut.find((run) => run.epoch === at)?.n ?? 0)
      })
      this.keep(changesets)
      const hash = changesets.at(-1)?.hash ?? FIRST_PREV
      const run = { epoch, n: changesets.length, hash, acked: 0 }
      const kept = cut.filter(({ n, epoch: at }) => n > 0 && at !== epoch)
      this.disk.device = { ...this.disk.device, runs: [...kept, run] }
    })
    return true
  }

  /** Everything of its own the phone holds, refused or not. */
  own(): readonly Kept[] {
    return this.disk.own
  }

  private cutOff(run: Run): Run {
    const last = this.disk.own.find(({ epoch, n }) => epoch === run.epoch && n === run.acked)
    return { ...run, n: run.acked, hash: last?.hash ?? FIRST_PREV }
  }

  private async step(change: () => void): Promise<void> {
    await this.onStep()
    change()
    await this.onStep()
  }

  private endsAt({ epoch, n }: ChainEnd): boolean {
    const run = lastRun(this.disk.device)
    return run.epoch === epoch && run.n === n
  }

  private keep(changesets: readonly OwnChangeset[]): void {
    const kept = changesets.map((changeset) => ({ ...changeset, refused: null, settled: false }))
    this.disk.own = [...this.disk.own, ...kept]
  }

  private changeOwn(change: (own: Kept) => Kept): void {
    this.disk.own = this.disk.own.map(change)
  }

  private setRun(run: Run): void {
    const { device } = this.disk
    const runs = device.runs.map((each) => (each.epoch === run.epoch ? run : each))
    this.disk.device = { ...device, runs }
  }

  private carry(dossier: string, carried: Carried): void {
    this.disk.dossiers = new Map([...this.disk.dossiers, [dossier, carried]])
  }

  private carried(dossier: string): Carried {
    const carried = this.disk.dossiers.get(dossier)
    if (carried === undefined) throw new RangeError(`dossier ${dossier} is not held`)
    return carried
  }

  private observe(time: Time | null): void {
    const { device } = this.disk
    this.disk.device = { ...device, time: laterTime(device.time, time) }
  }
}
