/** What other features may use of deadlines. */

export type { Calendar, ClockDates, ClockRule } from './model'
export { compute, dayOf, dayKind } from './rules'
export { type Bell, ringDue } from './ringing'
export { UNDATED, type UndatedDuties } from './undated'
export {
  calendarOf,
  datesOf,
  daysFromMonday,
  dueLines,
  leftOf,
  type DueLine,
  type MarkedDay,
} from './views'
export { default as CalendarCard } from './screens/CalendarCard.vue'
