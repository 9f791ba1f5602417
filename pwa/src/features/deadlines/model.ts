/**
 * 期限: what a clock rule, a regional calendar and a computed deadline are. The names are those of
 * the wire. Days are `YYYY-MM-DD` in Asia/Shanghai, instants are ms UTC.
 */

export type Unit =
  | 'hour' | 'calendar_day' | 'working_day' | 'month' | 'quarter' | 'year' | 'date'
export type Direction = 'after' | 'before'
/** A working day, a rest day, a make-up workday (调休). */
export type DayKind = '工' | '休' | '班'
/** At the end: a duty is missed, a right is gone, or only now may the act be done. */
export type AtEnd = 'overdue' | 'lapsed' | 'open'
export type LastMoment = 'midnight' | 'office'
export type Timeliness = 'in_time' | 'in_roll' | 'late'

/** 期限规则 as the bureau's pack states it; what each field means stands in the Python model. */
export interface ClockRule {
  readonly id: string
  readonly title: string
  readonly trigger: string
  readonly unit: Unit
  readonly length: number
  readonly on: readonly string[]
  readonly direction: Direction
  readonly roll: boolean
  readonly last_moment: LastMoment
  readonly at_end: AtEnd
  readonly consequence: string
  readonly lead_times: readonly string[]
  readonly escalate_to: readonly string[]
  readonly source: string
  readonly confidence: 'H' | 'M' | 'L'
  readonly setting: boolean
  readonly note: string
  readonly in_force: string
}

/** 地方民族节日 of one year (`id`), set by the local government (放假办法 4). */
export interface LocalDays {
  readonly id: string
  readonly days_off: readonly string[]
  readonly workdays: readonly string[]
  readonly source: string
  readonly in_force: string
}

/** 放假安排 of one year; `official` false: dates that hang on it are provisional (暂定). */
export interface CalendarYear extends LocalDays {
  readonly official: boolean
}

/** 工作日历 of a region; `fixed_days_off` ("01-01") serves years without a row (放假办法 2). */
export interface Calendar {
  readonly region: string
  readonly fixed_days_off: readonly string[]
  readonly years: readonly CalendarYear[]
  readonly local: readonly LocalDays[]
  readonly office: { readonly closes: string }
}

/** 扣除期间: days from `first` to `last` that the law takes out of a period, and why. */
export interface Pause {
  readonly first: string
  readonly last: string
  readonly reason: string
}

/** One day of 「怎么算的」. */
export interface Step {
  readonly date: string
  readonly kind: DayKind
  readonly counted: boolean
}

/** A computed deadline; `steps` begin with day 0 for counted days, with the strict day otherwise. */
export interface ClockDates {
  readonly unit: Unit
  readonly direction: Direction
  readonly started_ms: number
  readonly strict: string
  readonly rolled: string
  readonly provisional: boolean
  readonly due_ms_strict: number
  readonly due_ms_rolled: number
  readonly steps: readonly Step[]
}

/** How far to the end, or past it. today: the last day runs; rolled: only the roll is left. */
export interface Remaining {
  readonly state: 'running' | 'today' | 'rolled' | 'past'
  readonly unit: 'minute' | 'calendar_day' | 'working_day'
  readonly amount: number
}
