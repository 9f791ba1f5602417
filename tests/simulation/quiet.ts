/** The end of a history: a perfect network until no phone has anything to say or to hear. */

import type { SyncReport } from '../../sync/client/src/index'
import type { Phone } from './phone'
import { Violation } from './world'
import type { World } from './world'

const MAX_SYNCS = 60

/** The last word of every phone. Throws Violation where they do not come to rest. */
export async function quieten(world: World): Promise<ReadonlyMap<Phone, SyncReport>> {
  await world.server.told('crash', { point: '' })
  const reports = new Map<Phone, SyncReport>()
  const heard = new Map<Phone, number>()
  let news = 0
  for (let syncs = 0; syncs < MAX_SYNCS; syncs += 1) {
    const phone = world.phones.find((each) => heard.get(each) !== news)
    if (phone === undefined) return reports
    const report = await world.sync(phone, null, null, !heard.has(phone))
    if (report === null || hasTrouble(world, phone, report)) {
      throw new Violation(`a perfect network: ${JSON.stringify(report)}`)
    }
    if (sentSomething(report)) news += 1
    heard.set(phone, news)
    reports.set(phone, report)
  }
  throw new Violation('the phones do not come to rest')
}

function hasTrouble(world: World, { person }: Phone, { ended, problems }: SyncReport): boolean {
  const due = world.ended.has(person.device) ? 'enrolment' : 'done'
  return problems.length > 0 || ended !== due
}

/** A sync pulls after it has pushed: whoever sent has heard everything himself. */
function sentSomething({ pushed, forks, timelines }: SyncReport): boolean {
  return pushed + forks + timelines > 0
}
