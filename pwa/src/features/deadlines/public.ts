/** What other features may use of deadlines. */

export type { Calendar, ClockDates, ClockRule } from './model'
export { compute, dayOf, dayKind } from './rules'
export { type Bell, ringDue } from './ringing'
export { calendarOf, datesOf, dueLines, leftOf, type DueLine } from './views'
export { default as CalendarCard } from './screens/CalendarCard.vue'
