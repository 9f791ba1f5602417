/**
 * 期间的计算: the phone's own count of statutory clocks (民法典 200–203, 行政处罚法 85, 行政强制法 69,
 * 行政复议法 88). It must agree with the server's to the millisecond: `sync/vectors/clocks.json`.
 *
 * Inside, a day is its number since 1970-01-01 in Asia/Shanghai, whose offset is fixed. The day of
 * the event is never counted; hours run from the moment itself, through nights and holidays.
 */

import type {
  AtEnd, Calendar, CalendarYear, ClockDates, ClockRule, DayKind, Pause, Remaining, Step, Timeliness,
} from './model'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const OFFSET = 8 * HOUR
const LEAD = /^(start|due)(?:([+-]\d+)([hdm]))?(?: (\d\d:\d\d))?$/

/**
 * When the clock ends that a fact of the world started at `startedMs`. For a set date (a rule
 * without `on`) that is any instant of the day. Pauses take whole days out of day, month and year
 * clocks; a set date and hours are never paused.
 */
export function compute(
  rule: ClockRule, startedMs: number, calendar: Calendar, pauses: readonly Pause[] = [],
): ClockDates {
  if (rule.unit === 'hour') return hours(rule, startedMs)
  const start = dayNumber(startedMs)
  const counted = rule.unit === 'calendar_day' || rule.unit === 'working_day'
  const run = counted ? count(rule, start, calendar, pauses) : []
  const last = run.at(-1)
  const strict = last ? numberOf(last.date) : correspondingDay(rule, start, pauses)
  const tail = rule.roll ? roll(strict, calendar) : []
  const rolled = strict + tail.length
  const judged = rule.unit === 'working_day' ? run.slice(1).map((step) => step.date) : []
  if (rule.roll) judged.push(dayText(strict), ...tail.map((step) => step.date))
  const head = counted ? run : [stepOf(strict, calendar, true)]
  return {
    unit: rule.unit,
    direction: rule.direction,
    started_ms: startedMs,
    strict: dayText(strict),
    rolled: dayText(rolled),
    provisional: judged.some((day) => !isOfficial(calendar, day)),
    due_ms_strict: lastMoment(rule, strict, calendar),
    due_ms_rolled: lastMoment(rule, rolled, calendar),
    steps: [...head, ...tail],
  }
}

/** The day (`YYYY-MM-DD`) in Asia/Shanghai that holds an instant. */
export function dayOf(instantMs: number): string {
  return dayText(dayNumber(instantMs))
}

/** 工, 休 or 班: the local festival days first, then the year's notice, then the week. */
export function dayKind(calendar: Calendar, day: string): DayKind {
  const local = calendar.local.find((days) => days.id === day.slice(0, 4))
  const year = yearOf(calendar, day)
  for (const layer of [local, year]) {
    if (layer?.days_off.includes(day)) return '休'
    if (layer?.workdays.includes(day)) return '班'
  }
  const weekday = new Date(numberOf(day) * DAY).getUTCDay()
  if (weekday === 0 || weekday === 6) return '休'
  return !year && calendar.fixed_days_off.includes(day.slice(5)) ? '休' : '工'
}

/** Whether the notice of the day's year is out; if not, what hangs on the day is provisional. */
export function isOfficial(calendar: Calendar, day: string): boolean {
  return yearOf(calendar, day)?.official ?? false
}

/** Whether an act was in time; the last moment itself is. By post: the moment of posting. */
export function timeliness(dates: ClockDates, doneMs: number): Timeliness {
  if (doneMs <= dates.due_ms_strict) return 'in_time'
  return doneMs <= dates.due_ms_rolled ? 'in_roll' : 'late'
}

/** How much is left to the strict end, then to the rolled one, then how far it is past. */
export function remaining(dates: ClockDates, nowMs: number): Remaining {
  if (dates.unit === 'hour') {
    const left = dates.due_ms_strict - nowMs
    const amount = Math.floor(Math.abs(left) / MINUTE)
    return { state: left > 0 ? 'running' : 'past', unit: 'minute', amount }
  }
  const today = dayNumber(nowMs)
  const inDays = (state: Remaining['state'], amount: number): Remaining =>
    ({ state, unit: 'calendar_day', amount })
  if (nowMs >= dates.due_ms_rolled) return inDays('past', today - numberOf(dates.rolled))
  if (nowMs >= dates.due_ms_strict) return inDays('rolled', numberOf(dates.rolled) - today)
  const state = dayText(today) === dates.strict ? 'today' : 'running'
  if (!countsForward(dates)) return inDays(state, numberOf(dates.strict) - today)
  const ahead = dates.steps.filter((step) => step.counted && numberOf(step.date) > today)
  return { state, unit: 'working_day', amount: ahead.length }
}

/** The remaining time as the screen says it, e.g. 还剩 2 个工作日. */
export function words(left: Remaining, atEnd: AtEnd): string {
  if (left.state === 'today') return '今天到期'
  if (left.state === 'running') return left.amount ? `还剩 ${amountText(left)}` : '还剩不到 1 分'
  if (left.state === 'rolled') {
    return left.amount ? `顺延期内，还剩 ${amountText(left)}` : '顺延期内，今天到期'
  }
  if (atEnd === 'open') return '期已满'
  if (atEnd === 'lapsed') return '期已过'
  return left.amount ? `逾期 ${amountText(left)}` : '已逾期'
}

/**
 * When to remind (ascending), those already gone included: the caller drops them. Before the end
 * the strict date leads; after it the rolled one, because nobody is late before that.
 */
export function reminderInstants(rule: ClockRule, dates: ClockDates): number[] {
  const instants = rule.lead_times.map((lead) => leadInstant(lead, dates))
  const known = instants.filter((instant) => instant !== undefined)
  return [...new Set(known)].sort((a, b) => a - b)
}

function hours(rule: ClockRule, startedMs: number): ClockDates {
  const due = startedMs + sign(rule) * rule.length * HOUR
  return {
    unit: rule.unit,
    direction: rule.direction,
    started_ms: startedMs,
    strict: dayOf(due),
    rolled: dayOf(due),
    provisional: false,
    due_ms_strict: due,
    due_ms_rolled: due,
    steps: [],
  }
}

function count(
  rule: ClockRule, start: number, calendar: Calendar, pauses: readonly Pause[],
): Step[] {
  const steps = [stepOf(start, calendar, false)]
  for (let day = start, left = rule.length; left > 0;) {
    day += sign(rule)
    const kind = dayKind(calendar, dayText(day))
    const counted = !(rule.unit === 'working_day' && kind === '休') && !isPaused(day, pauses)
    if (counted) left -= 1
    steps.push({ date: dayText(day), kind, counted })
  }
  return steps
}

function correspondingDay(rule: ClockRule, start: number, pauses: readonly Pause[]): number {
  if (rule.unit === 'date') return rule.on.length ? nextListed(rule.on, start) : start
  if (rule.unit === 'quarter') {
    const first = new Date((start + 1) * DAY)
    const after = 3 * (Math.floor(first.getUTCMonth() / 3) + rule.length)
    return Date.UTC(first.getUTCFullYear(), after, 1) / DAY - 1
  }
  const months = rule.length * (rule.unit === 'year' ? 12 : 1)
  return pushed(addMonths(start, sign(rule) * months), start, pauses)
}

/** The corresponding day, or the last day of a month that has none (民法典 202). */
function addMonths(day: number, months: number): number {
  const from = new Date(day * DAY)
  const year = from.getUTCFullYear()
  const month = from.getUTCMonth() + months
  const lastOfMonth = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  return Date.UTC(year, month, Math.min(from.getUTCDate(), lastOfMonth)) / DAY
}

function nextListed(listed: readonly string[], start: number): number {
  const year = new Date(start * DAY).getUTCFullYear()
  const days = [year, year + 1].flatMap((each) => listed.map((on) => numberOf(`${each}-${on}`)))
  return Math.min(...days.filter((day) => day > start))
}

/** Each paused day between start and end moves the end by one, maybe into a further pause. */
function pushed(end: number, start: number, pauses: readonly Pause[]): number {
  for (let day = start + 1; pauses.length > 0 && day <= end; day += 1) {
    if (isPaused(day, pauses)) end += 1
  }
  return end
}

/** The days of 顺延 after a strict day that is a rest day, with the working day that ends it. */
function roll(strict: number, calendar: Calendar): Step[] {
  const steps: Step[] = []
  for (let day = strict; dayKind(calendar, dayText(day)) === '休';) {
    day += 1
    steps.push(stepOf(day, calendar, false))
  }
  return steps
}

/** 24:00, or where an office must take the paper its close of business (民法典 203). */
function lastMoment(rule: ClockRule, day: number, calendar: Calendar): number {
  return instantOf(day, rule.last_moment === 'office' ? calendar.office.closes : '24:00')
}

function leadInstant(lead: string, dates: ClockDates): number | undefined {
  const match = LEAD.exec(lead)
  if (!match) throw new RangeError(`not a lead time: ${lead}`)
  const [, anchor, number, unit, time] = match
  const offset = Number(number ?? 0)
  const atStart = anchor === 'start'
  const late = offset > 0
  if (time === undefined) {
    const due = late ? dates.due_ms_rolled : dates.due_ms_strict
    return (atStart ? dates.started_ms : due) + offset * HOUR
  }
  const end = numberOf(late ? dates.rolled : dates.strict)
  const day = atStart ? dayNumber(dates.started_ms) : end
  if (unit === 'm') return instantOf(addMonths(day, offset), time)
  if (atStart || late || !countsForward(dates)) return instantOf(day + offset, time)
  const worked = dates.steps.filter((step) => step.counted).at(offset - 1)
  return worked && instantOf(numberOf(worked.date), time)
}

function countsForward(dates: ClockDates): boolean {
  return dates.unit === 'working_day' && dates.direction === 'after'
}

function amountText(left: Remaining): string {
  if (left.unit === 'working_day') return `${left.amount} 个工作日`
  if (left.unit === 'calendar_day') return `${left.amount} 天`
  const whole = Math.floor(left.amount / 60)
  const minutes = left.amount % 60
  return [whole && `${whole} 小时`, minutes && `${minutes} 分`].filter(Boolean).join(' ')
}

function stepOf(day: number, calendar: Calendar, counted: boolean): Step {
  return { date: dayText(day), kind: dayKind(calendar, dayText(day)), counted }
}

function yearOf(calendar: Calendar, day: string): CalendarYear | undefined {
  return calendar.years.find((year) => year.id === day.slice(0, 4))
}

function isPaused(day: number, pauses: readonly Pause[]): boolean {
  const text = dayText(day)
  return pauses.some((pause) => pause.first <= text && text <= pause.last)
}

function sign(rule: ClockRule): 1 | -1 {
  return rule.direction === 'after' ? 1 : -1
}

function instantOf(day: number, time: string): number {
  const [hour, minute] = time.split(':').map(Number)
  return day * DAY + (hour ?? 0) * HOUR + (minute ?? 0) * MINUTE - OFFSET
}

function dayNumber(instantMs: number): number {
  return Math.floor((instantMs + OFFSET) / DAY)
}

function numberOf(day: string): number {
  return Date.parse(day) / DAY
}

function dayText(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10)
}
