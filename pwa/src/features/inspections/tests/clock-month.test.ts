/** The month of the clocks board. */

import { expect, test } from 'vitest'

import type { Calendar } from '@/features/deadlines/public'

import { monthAfter, monthOf } from '../clock-month'
import type { DueCard } from '../desk-views'

const CALENDAR = {
  local: [],
  years: [{ id: '2026', official: true, days_off: ['2026-10-01'], workdays: ['2026-10-10'] }],
  fixed_days_off: [],
} as unknown as Calendar

/** Due at the end of 30 September in China. */
const MIDNIGHT = Date.UTC(2026, 8, 30, 16)
const CARD = { id: 'one', dueMs: MIDNIGHT } as DueCard

test('a month stands in whole weeks from Monday, its holidays and make-up days marked', () => {
  const days = monthOf([CARD], CALENDAR, '2026-10')
  expect(days).toHaveLength(35)
  expect(days[0]).toMatchObject({ day: '2026-09-28', within: false, mark: '' })
  expect(days.at(-1)).toMatchObject({ day: '2026-11-01', within: false, mark: '休' })
  const marks = days.filter(({ within, mark }) => within && mark).map(({ day, mark }) => day + mark)
  expect(marks.slice(0, 4)).toEqual(['2026-10-01休', '2026-10-03休', '2026-10-04休', '2026-10-10班'])
})

test('what ends at midnight stands on the day that ends', () => {
  const held = monthOf([CARD], CALENDAR, '2026-09').filter(({ cards }) => cards.length > 0)
  expect(held.map(({ day }) => day)).toEqual(['2026-09-30'])
})

test('months follow each other over the end of a year', () => {
  expect([monthAfter('2026-12', 1), monthAfter('2026-01', -1)]).toEqual(['2027-01', '2025-12'])
})
