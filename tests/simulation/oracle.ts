/** What must hold once everything is quiet (I1–I4; I6 is judged when a message is repeated). */

import { equalJson } from '../../sync/client/src/index'
import type { RecordView, SyncReport } from '../../sync/client/src/index'
import { digestOf } from '../../sync/client/src/index'
import { addsOf, headsOf, judgeLog, registersOf, ruleAt, winnerOf } from './log'
import type { Log } from './log'
import type { Phone } from './phone'
import { Violation } from './world'
import type { World } from './world'

export interface Count {
  readonly accepted: number
  readonly quarantined: number
}

/** Throws Violation. */
export async function judge(
  world: World,
  reports: ReadonlyMap<Phone, SyncReport>,
): Promise<Count> {
  const { count, quarantined } = await judgePlaces(world)
  const logs = new Map<string, Log>()
  for (const dossier of await allDossiers(world)) {
    const log = await world.server.told<Log>('log', { dossier })
    judgeLog(world, dossier, log)
    logs.set(dossier, log)
  }
  for (const [phone, report] of reports) {
    if (report.ended !== 'done') continue
    judgeOwn(phone, quarantined)
    await judgeReplica(world, phone, report, logs)
  }
  return count
}

/** I1: what reached durable storage is at the server, accepted or quarantined, exactly once. */
async function judgePlaces(
  world: World,
): Promise<{ count: Count; quarantined: ReadonlySet<string> }> {
  const known = await world.known()
  const devices = new Set(world.phones.map(({ person }) => person.device))
  const mine = [...known.accepted, ...known.quarantined].filter(([device]) => devices.has(device))
  const hashes = new Map(mine.map(([device, epoch, n, hash]) => [`${device}.${epoch}.${n}`, hash]))
  if (hashes.size !== mine.length) throw new Violation('I1 a changeset stands at the server twice')
  for (const own of world.phones.flatMap(({ store }) => store.own())) {
    if (hashes.get(own.id) !== own.hash) throw new Violation(`I1 the server lacks ${own.id}`)
  }
  const quarantined = known.quarantined.map(([device, epoch, n]) => `${device}.${epoch}.${n}`)
  const accepted = mine.length - quarantined.length
  return { count: { accepted, quarantined: quarantined.length }, quarantined: new Set(quarantined) }
}

/** The author is told of each of his changesets what became of it. */
function judgeOwn(phone: Phone, quarantined: ReadonlySet<string>): void {
  for (const { id, settled, refused } of phone.store.own()) {
    const right = quarantined.has(id) ? refused !== null && !settled : settled
    if (!right) throw new Violation(`${id} is shown settled: ${settled}, refused: ${refused}`)
  }
}

/** I3: the replica is the server restricted to what it carries, and shows what the rules say. */
async function judgeReplica(
  world: World,
  phone: Phone,
  report: SyncReport,
  logs: ReadonlyMap<string, Log>,
): Promise<void> {
  const held = await phone.store.readDossiers()
  const names = new Set(held.map(({ dossier }) => dossier))
  const missing = report.hello?.grants.filter(({ dossier }) => !names.has(dossier)) ?? []
  if (missing.length > 0) throw new Violation(`I3 granted and not carried: ${missing.length}`)
  for (const { dossier, cursor, snapshot } of held) {
    const log = logs.get(dossier)
    const found = await digestOf(phone.person.keys, await phone.store.records(dossier))
    const same = log?.digest === found.digest && log.count === found.count
    if (!same || snapshot !== null || cursor !== log?.rows.length) {
      throw new Violation(`I3 ${phone.person.device} differs in ${dossier}`)
    }
    for (const view of await phone.views(dossier)) judgeView(world, view, log)
  }
}

/** What the screen shows of a record, against the log; own refused words stand beside it. */
function judgeView(world: World, view: RecordView, log: Log): void {
  if (!view.accepted) return
  for (const [register, writes] of registersOf(log)) {
    const [entity, record, name = ''] = register.split('/')
    if (entity !== view.entity || record !== view.record) continue
    const rule = ruleAt(world.table, register)
    const heads = headsOf(writes)
    const value =
      rule === 'union' ? [...addsOf(writes).keys()].sort() : (winnerOf(heads, rule)?.value ?? null)
    const conflict = rule !== 'union' && heads.some((head) => !equalJson(head.value, value))
    const field = view.fields.get(name)
    if (field?.conflict !== conflict || !equalJson(field.value, value)) {
      throw new Violation(`I8 ${register} is shown as ${JSON.stringify(field?.value)}`)
    }
  }
}

async function allDossiers(world: World): Promise<readonly string[]> {
  const names = new Set(world.dossiers)
  for (const { store } of world.phones) {
    for (const { dossier } of await store.readDossiers()) names.add(dossier)
    for (const { dossier } of store.own()) names.add(dossier)
  }
  return [...names].sort()
}
