/** What other features and the app may use of inspections. */

export { addressOf, type Dispute, disputedFrom, disputeOf, valueWords } from './conflict-views'
export { momentWords } from './desk-views'
export { dayAfter, quickDays } from './finding-views'
export type { Held, Lack, OrderItem, Stage, State, Station, View } from './model'
export {
  endedAt,
  lacks,
  mayClose,
  openItems,
  orderItems,
  partlyItems,
  progress,
  STAGES,
  stateOf,
} from './rules'
export { SENSES, type Senses, useSenses } from './senses'
export { problemWords } from './situation'
export { type Disputed, disputesIn, officersOf, type Today, todayOf, unitOf, viewOf } from './views'
export { PRACTICE_ENTERPRISE, practiceRegisters } from './practice'
export { setDue } from './visit-commands'
export { RECORD_KIND, RECORD_PAPER } from './paper-builder'
export { default as DeskAnswered } from './screens/desk/parts/Answered.vue'
export { default as DeskFrame } from './screens/desk/parts/DeskFrame.vue'
export { useKeys } from './screens/desk/parts/use-desk-keys'
