/**
 * Days in words, as officers say them: 9月28日（周一）. A day is `YYYY-MM-DD` in the calendar of
 * Asia/Shanghai; which day is today is told by the caller.
 */

export type Day = string

const WEEKDAYS = ['周日', '周一', '周二', '周三', '周四', '周五', '周六'] as const
const MS_PER_DAY = 86_400_000

/** 「9月28日」, with the year only when it is not this one. */
export function dayWords(day: Day, today: Day): string {
  const { year, month, date } = parts(day)
  const words = `${month}月${date}日`
  return year === parts(today).year ? words : `${year}年${words}`
}

/** 「2026年9月28日」. */
export function longDay(day: Day): string {
  const { year, month, date } = parts(day)
  return `${year}年${month}月${date}日`
}

/** 「9月28日（周一）」. */
export function dutyDay(day: Day, today: Day): string {
  return `${dayWords(day, today)}（${weekday(day)}）`
}

export function weekday(day: Day): string {
  return WEEKDAYS[new Date(utc(day)).getUTCDay()] ?? ''
}

/** 昨天, 今天 or 明天; nothing else has such a word. */
export function nearWord(day: Day, today: Day): string | undefined {
  return { [-1]: '昨天', 0: '今天', 1: '明天' }[daysBetween(today, day)]
}

/** Whole days from `from` to `to`, negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((utc(to) - utc(from)) / MS_PER_DAY)
}

function utc(day: Day): number {
  const { year, month, date } = parts(day)
  return Date.UTC(year, month - 1, date)
}

function parts(day: Day): { year: number; month: number; date: number } {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return { year, month, date }
}
