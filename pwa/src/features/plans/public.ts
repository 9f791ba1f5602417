/** What other features may use of plans: the caps of the year. */

export {
  type CapScheme,
  type CapVerdict,
  countVisits,
  type Exemption,
  exemptionLacks,
  type Grade,
  gradeOn,
  judgeCap,
  needWords,
  type VisitCount,
  visitsOver,
  type YearVisit,
} from './rules'

export { capSchemeOf, listVersion } from './carried'
export { specialsWaiting } from './special-views'
export { mayAnswer, waitingOf } from './views'
export { default as ApprovalCards } from './screens/field/ApprovalCards.vue'
