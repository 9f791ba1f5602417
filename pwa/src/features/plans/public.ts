/** What other features may use of plans: the caps of the year. */

import type { PackValue } from '@contract/records'

import type { CapScheme } from './rules'

export {
  type CapScheme,
  type CapVerdict,
  countVisits,
  type Exemption,
  exemptionLacks,
  type Grade,
  gradeOn,
  judgeCap,
  type YearVisit,
} from './rules'

/** The jurisdiction's caps as this phone carries them; null before the packs register is here. */
export function capSchemeOf(packs: ReadonlyMap<string, PackValue>): CapScheme | null {
  const [scheme] = JSON.parse(packs.get('table.cap')?.json ?? '[]') as readonly CapScheme[]
  return scheme ?? null
}

export { mayAnswer, waitingOf } from './views'
export { default as ApprovalCards } from './screens/field/ApprovalCards.vue'
