/** The board of clocks: how near each end is, in the steps an office plans by. Instants are UTC ms. */

import { type Calendar, dayKind, dayOf } from '@/features/deadlines/public'

import type { DueCard } from './desk-views'

export interface ClockGroup {
  readonly title: string
  readonly cards: readonly DueCard[]
}

const HOUR = 3_600_000
const DAY = 24 * HOUR
const FEW_WORKING_DAYS = 3
const WEEK = 7

/** In the order of urgency, the empty ones too; what is full and costs nothing comes last. */
export function clockGroups(
  cards: readonly DueCard[],
  calendar: Calendar | null,
  now: number,
): readonly ClockGroup[] {
  const near = (card: DueCard): string => nearness(card, calendar, now)
  return TITLES.map((title) => ({ title, cards: cards.filter((card) => near(card) === title) }))
}

/** What the board shows: overdue, or due within the week; `later` is how many come after that. */
export function pressing(
  cards: readonly DueCard[],
  calendar: Calendar | null,
  now: number,
): { readonly cards: readonly DueCard[]; readonly later: number } {
  const groups = clockGroups(cards, calendar, now)
  const soon = groups.filter(({ title }) => !CALM.includes(title))
  const later = groups.find(({ title }) => title === '以后')
  return { cards: soon.flatMap((group) => group.cards), later: later?.cards.length ?? 0 }
}

const TITLES = ['逾期', '24 小时内', '3 个工作日内', '7 天内', '以后', '期已满'] as const
const CALM: readonly string[] = ['以后', '期已满']

function nearness(card: DueCard, calendar: Calendar | null, now: number): (typeof TITLES)[number] {
  const ahead = card.dueMs - now
  if (card.late) return '逾期'
  if (ahead < 0) return '期已满'
  if (ahead <= DAY) return '24 小时内'
  if (calendar && workingDays(calendar, now, card.dueMs) <= FEW_WORKING_DAYS) return '3 个工作日内'
  return ahead <= WEEK * DAY ? '7 天内' : '以后'
}

/** Working days after today, up to the last day; counting stops once there are too many. */
function workingDays(calendar: Calendar, now: number, due: number): number {
  const last = lastDay(due)
  let found = 0
  for (let at = now + DAY; dayOf(at) <= last && found <= FEW_WORKING_DAYS; at += DAY) {
    if (dayKind(calendar, dayOf(at)) !== '休') found += 1
  }
  return found
}

/** A period that ends at midnight ends with the day before it. */
export function lastDay(due: number): string {
  return dayOf(due - 1)
}
