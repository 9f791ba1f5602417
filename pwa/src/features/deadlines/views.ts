/** Clocks of this phone as the deadlines screen lists them. */

import type { InboxLine } from '@/generated/http'
import type { Shown, Store } from '@/store'
import { weekday } from '@/ui/date-words'
import type { Remaining as WordsLeft } from '@/ui/deadline-words'

import type { Calendar, ClockDates, ClockRule } from './model'
import { compute, dayKind, remaining } from './rules'

export interface DueLine {
  readonly id: string
  readonly dossier: string
  readonly title: string
  readonly about: string
  readonly due: string
  readonly dueMs: number
  readonly provisional: boolean
  readonly left: WordsLeft
  readonly clock: Shown<'clock'>
}

/** Running clocks of every dossier carried, overdue first, then by date. `now` in UTC ms. */
export function dueLines(store: Store, now: number): readonly DueLine[] {
  const calendar = calendarOf(store)
  return store
    .dossiers('inspection')
    .flatMap((dossier) => store.records(dossier, 'clock').map((clock) => lineOf(store, clock, now, calendar)))
    .filter(({ clock }) => clock.values.state === 'running')
    .sort((one, other) => one.dueMs - other.dueMs)
}

function lineOf(store: Store, clock: Shown<'clock'>, now: number, calendar: Calendar | null): DueLine {
  const { values } = clock
  const unit = store.records(clock.dossier, 'inspection')[0]?.values.unit?.name ?? ''
  return {
    id: clock.id,
    dossier: clock.dossier,
    title: values.title ?? '',
    about: unit,
    due: values.due_strict ?? '',
    dueMs: values.due_strict_ms ?? 0,
    provisional: values.provisional === true,
    left: leftOf(clock, now, calendar),
    clock,
  }
}

/** The morning's digest in front while nobody has answered it; else as the server orders them. */
export function inboxOrder(lines: readonly InboxLine[]): readonly InboxLine[] {
  const first = (line: InboxLine): number => (line.clock || line.acknowledged ? 1 : 0)
  return [...lines].sort((one, other) => first(one) - first(other))
}

/** The calendar of the bureau's region as its pack has it; null before the registers came. */
export function calendarOf(store: Store): Calendar | null {
  const row = store.register('packs', 'pack').rows.get('calendar')
  return row === undefined ? null : (JSON.parse(row.json) as Calendar)
}

/** What is left in the unit the law counts in, as the tag words it. `now` in UTC ms. */
export function leftOf(clock: Shown<'clock'>, now: number, calendar: Calendar | null): WordsLeft {
  const { state, unit, amount } = remaining(datesOf(clock, calendar), now)
  const left = state === 'past' ? -amount : amount
  const word = unit === 'minute' || unit === 'working_day' ? unit : 'day'
  return { unit: word, left: state === 'past' && left === 0 ? -1 : left }
}

/** Counted again on this phone; without a calendar the server's dates stand, told in days. */
export function datesOf({ values }: Shown<'clock'>, calendar: Calendar | null): ClockDates {
  const rule = JSON.parse(values.resolved ?? '{}') as Partial<ClockRule>
  if (calendar !== null && rule.unit !== undefined) {
    return compute(rule as ClockRule, values.started ?? 0, calendar)
  }
  return {
    unit: rule.unit === 'hour' ? 'hour' : 'calendar_day',
    direction: 'after',
    started_ms: values.started ?? 0,
    strict: values.due_strict ?? '',
    rolled: values.due_rolled ?? '',
    provisional: values.provisional === true,
    due_ms_strict: values.due_strict_ms ?? 0,
    due_ms_rolled: values.due_rolled_ms ?? 0,
    steps: [],
  }
}

/** A day (`YYYY-MM-DD`) as calendars show it; `mark` where nobody works, or all work on a weekend. */
export interface MarkedDay {
  readonly day: string
  readonly mark: '休' | '班' | ''
}

/** A day of the week strip. */
export interface WeekDay extends MarkedDay {
  readonly weekday: string
  readonly count: number
}

const DAY_MS = 86_400_000

/** Monday to Sunday round a day (`YYYY-MM-DD`), with how much of `due` falls on each. */
export function weekOf(store: Store, today: string, due: readonly string[]): readonly WeekDay[] {
  return daysFromMonday(calendarOf(store), today, 7).map(({ day, mark }) => ({
    day,
    mark,
    weekday: weekday(day).slice(1),
    count: due.filter((each) => each.startsWith(day)).length,
  }))
}

/** So many days, from the Monday of a day's week on. */
export function daysFromMonday(
  calendar: Calendar | null,
  day: string,
  count: number,
): readonly MarkedDay[] {
  const start = Date.parse(day)
  const fromMonday = (new Date(start).getUTCDay() + 6) % 7
  return Array.from({ length: count }, (_, at) => {
    const each = new Date(start + (at - fromMonday) * DAY_MS).toISOString().slice(0, 10)
    const kind = calendar ? dayKind(calendar, each) : '工'
    return { day: each, mark: kind === '工' ? '' : kind }
  })
}
