import { describe, expect, it } from 'vitest'
import { dayWords, daysBetween, dutyDay, nearWord, weekday } from './date-words'

const TODAY = '2026-09-18'

describe('a day in words', () => {
  it('names the weekday of a duty', () => {
    expect(dutyDay('2026-09-28', TODAY)).toBe('9月28日（周一）')
    expect(dutyDay('2026-10-08', TODAY)).toBe('10月8日（周四）')
  })

  it('names the year only when it is another', () => {
    expect(dayWords('2026-12-31', TODAY)).toBe('12月31日')
    expect(dayWords('2027-01-04', TODAY)).toBe('2027年1月4日')
  })

  it('knows leap days and the turn of the year', () => {
    expect(weekday('2028-02-29')).toBe('周二')
    expect(daysBetween('2026-12-31', '2027-01-01')).toBe(1)
    expect(daysBetween('2027-01-01', '2026-12-31')).toBe(-1)
  })

  it('says 今天, 明天 and 昨天, and no more', () => {
    const days = ['2026-09-17', TODAY, '2026-09-19', '2026-09-20']
    expect(days.map((day) => nearWord(day, TODAY))).toEqual(['昨天', '今天', '明天', undefined])
  })
})
