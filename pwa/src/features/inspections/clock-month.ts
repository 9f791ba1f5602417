/** 月历: the clocks of a month in whole weeks from Monday. Days are `YYYY-MM-DD` in Asia/Shanghai. */

import { type Calendar, daysFromMonday, type MarkedDay } from '@/features/deadlines/public'

import { lastDay } from './clock-groups'
import type { DueCard } from './desk-views'

export interface MonthDay extends MarkedDay {
  readonly within: boolean
  readonly cards: readonly DueCard[]
}

const WEEK = 7
const MOST_WEEKS = 6

/** `month` is `YYYY-MM`; the weeks that hold its first and its last day are whole. */
export function monthOf(
  cards: readonly DueCard[],
  calendar: Calendar | null,
  month: string,
): readonly MonthDay[] {
  const days = daysFromMonday(calendar, `${month}-01`, MOST_WEEKS * WEEK)
  const last = days.findLastIndex(({ day }) => day.startsWith(month))
  return days.slice(0, Math.ceil((last + 1) / WEEK) * WEEK).map((each) => ({
    ...each,
    within: each.day.startsWith(month),
    cards: cards.filter(({ dueMs }) => lastDay(dueMs) === each.day),
  }))
}

/** The month `by` months later, earlier when negative. */
export function monthAfter(month: string, by: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number - 1 + by)).toISOString().slice(0, 7)
}
