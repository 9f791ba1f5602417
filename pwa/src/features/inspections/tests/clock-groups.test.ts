/** The steps of the clocks board. */

import { expect, test } from 'vitest'

import type { Calendar } from '@/features/deadlines/public'

import { clockGroups, pressing } from '../clock-groups'
import type { DueCard } from '../desk-views'

const HOUR = 3_600_000
/** Friday 18 September 2026, 10:00 in China. */
const NOW = Date.UTC(2026, 8, 18, 2)
const CALENDAR = {
  local: [],
  years: [{ id: '2026', official: true, days_off: [], workdays: [] }],
  fixed_days_off: [],
} as unknown as Calendar

function card(id: string, hours: number, late = false): DueCard {
  const blank = { dossier: '', title: '', unit: '', officers: '', left: '', day: '', told: '' }
  const whose = { rule: '', section: '', officerIds: [] }
  return { id, ...blank, ...whose, late, dueMs: NOW + hours * HOUR }
}

test('each clock stands in the nearest step, and a weekend is no working day', () => {
  const cards = [
    card('late', -5, true),
    card('full', -5),
    card('soon', 20),
    card('wednesday', 5 * 24 + 14),
    card('thursday', 6 * 24 + 14),
    card('october', 24 * 24),
  ]
  const groups = clockGroups(cards, CALENDAR, NOW).map((group) => [
    group.title,
    group.cards.map(({ id }) => id).join(),
  ])
  expect(groups).toEqual([
    ['逾期', 'late'],
    ['24 小时内', 'soon'],
    ['3 个工作日内', 'wednesday'],
    ['7 天内', 'thursday'],
    ['以后', 'october'],
    ['期已满', 'full'],
  ])
})

test('the board shows what is overdue or due within the week, and how many come later', () => {
  const cards = [card('late', -5, true), card('full', -5), card('week', 7 * 24), card('month', 20 * 24)]
  const shown = pressing(cards, CALENDAR, NOW)
  expect([shown.cards.map(({ id }) => id), shown.later]).toEqual([['late', 'week'], 1])
})
