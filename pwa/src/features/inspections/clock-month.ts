/** 月历: the clocks of a month in whole weeks from Monday. Days are `YYYY-MM-DD` in Asia/Shanghai. */

import { type Calendar, dayKind, dayOf } from '@/features/deadlines/public'

import type { DueCard } from './desk-views'

export interface MonthDay {
  readonly day: string
  readonly within: boolean
  readonly mark: '休' | '班' | ''
  readonly cards: readonly DueCard[]
}

const DAY_MS = 86_400_000
const WEEK = 7

/** `month` is `YYYY-MM`; the weeks that hold its first and its last day are whole. */
export function monthOf(
  cards: readonly DueCard[],
  calendar: Calendar | null,
  month: string,
): readonly MonthDay[] {
  const first = Date.parse(`${month}-01`)
  const begin = first - ((new Date(first).getUTCDay() + WEEK - 1) % WEEK) * DAY_MS
  const weeks = Math.ceil((Date.parse(`${monthAfter(month, 1)}-01`) - begin) / (WEEK * DAY_MS))
  return Array.from({ length: weeks * WEEK }, (_, at) => {
    const day = new Date(begin + at * DAY_MS).toISOString().slice(0, 10)
    const kind = calendar ? dayKind(calendar, day) : '工'
    return {
      day,
      within: day.startsWith(month),
      mark: kind === '工' ? '' : kind,
      cards: cards.filter(({ dueMs }) => lastDay(dueMs) === day),
    }
  })
}

/** The month `by` months later, earlier when negative. */
export function monthAfter(month: string, by: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number - 1 + by)).toISOString().slice(0, 7)
}

/** A period that ends at midnight ends with the day before it. */
function lastDay(dueMs: number): string {
  return dayOf(dueMs - 1)
}
