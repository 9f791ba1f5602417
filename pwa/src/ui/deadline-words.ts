/** What is left of a time limit, in the words of ux.md 4. */

/**
 * How much is left in the unit the law counts in; negative when over. A working day is never told
 * as a day.
 */
export type Remaining =
  | { readonly unit: 'working_day' | 'day'; readonly left: number }
  | { readonly unit: 'minute'; readonly left: number }

export function isOverdue(remaining: Remaining): boolean {
  return remaining.left < 0
}

export function deadlineWords(remaining: Remaining): string {
  const { unit, left } = remaining
  if (left === 0 && unit !== 'minute') return '今天到期'
  const amount = unit === 'minute' ? duration(Math.abs(left)) : days(unit, Math.abs(left))
  return left < 0 ? `逾期 ${amount}` : `还剩 ${amount}`
}

function days(unit: 'working_day' | 'day', count: number): string {
  return unit === 'working_day' ? `${count} 个工作日` : `${count} 天`
}

/** 「5 小时 20 分」; `minutes` ≥ 0. */
export function duration(minutes: number): string {
  const hours = Math.floor(minutes / 60)
  const rest = minutes % 60
  if (hours === 0) return `${rest} 分`
  return rest === 0 ? `${hours} 小时` : `${hours} 小时 ${rest} 分`
}

/** 「00:48:12」 of milliseconds recorded. */
export function timer(elapsed: number): string {
  const seconds = Math.floor(elapsed / 1000)
  const units = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return units.map((unit) => String(unit).padStart(2, '0')).join(':')
}
