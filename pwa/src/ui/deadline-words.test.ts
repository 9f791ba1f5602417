import { describe, expect, it } from 'vitest'
import { deadlineWords, timer } from './deadline-words'

describe('what is left', () => {
  it.each([
    ['working_day', 2, '还剩 2 个工作日'],
    ['day', 10, '还剩 10 天'],
    ['day', 0, '今天到期'],
    ['day', -1, '逾期 1 天'],
    ['working_day', -3, '逾期 3 个工作日'],
    ['minute', 320, '还剩 5 小时 20 分'],
    ['minute', 40, '还剩 40 分'],
    ['minute', 120, '还剩 2 小时'],
    ['minute', -61, '逾期 1 小时 1 分'],
  ] as const)('%s %i', (unit, left, words) => {
    expect(deadlineWords({ unit, left })).toBe(words)
  })
})

describe('the recorder', () => {
  it('counts hours, minutes and seconds', () => {
    expect(timer(2_892_999)).toBe('00:48:12')
    expect(timer(36_000_000)).toBe('10:00:00')
  })
})
