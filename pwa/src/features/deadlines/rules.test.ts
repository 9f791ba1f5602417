/** Statutory clocks against `sync/vectors/clocks.json`, which the server's rules must pass too. */

import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Calendar, ClockDates, ClockRule, Pause, Remaining, Timeliness } from './model'
import {
  compute, dayKind, dayOf, remaining, reminderInstants, timeliness, words,
} from './rules'

interface Case {
  readonly name: string
  readonly rule: string
  readonly started: string
  readonly calendar: string
  readonly pauses?: readonly Pause[]
  readonly expect: {
    readonly strict: string
    readonly rolled: string
    readonly provisional: boolean
    readonly due_strict: string
    readonly due_rolled: string
    readonly steps: readonly [string, string, boolean][]
  }
}

interface Vectors {
  readonly calendars: Record<string, Calendar>
  readonly rules: Record<string, ClockRule>
  readonly cases: readonly Case[]
  readonly remaining: readonly {
    case: string
    now: string
    expect: Remaining & { words: string }
  }[]
  readonly timeliness: readonly { case: string, done: string, expect: Timeliness }[]
  readonly reminders: readonly { case: string, expect: readonly string[] }[]
}

const file = new URL('../../../../sync/vectors/clocks.json', import.meta.url)
const vectors = JSON.parse(readFileSync(file, 'utf8')) as Vectors

function caseNamed(name: string): Case {
  const found = vectors.cases.find((each) => each.name === name)
  if (!found) throw new Error(`no case ${name}`)
  return found
}

function ruleOf(each: Case): ClockRule {
  const rule = vectors.rules[each.rule]
  if (!rule) throw new Error(`no rule ${each.rule}`)
  return rule
}

function calendarNamed(name: string): Calendar {
  const calendar = vectors.calendars[name]
  if (!calendar) throw new Error(`no calendar ${name}`)
  return calendar
}

function run(each: Case): ClockDates {
  const calendar = calendarNamed(each.calendar)
  return compute(ruleOf(each), Date.parse(each.started), calendar, each.pauses)
}

export function vectorCount(): number {
  const { cases, remaining: left, timeliness: acts, reminders } = vectors
  return cases.length + left.length + acts.length + reminders.length
}

describe('clock vectors', () => {
  it.each(vectors.cases)('a clock ends on its day: $name', (each) => {
    const dates = run(each)
    expect({
      strict: dates.strict,
      rolled: dates.rolled,
      provisional: dates.provisional,
      due_strict: dates.due_ms_strict,
      due_rolled: dates.due_ms_rolled,
      steps: dates.steps.map((step) => [step.date, step.kind, step.counted]),
    }).toEqual({
      ...each.expect,
      due_strict: Date.parse(each.expect.due_strict),
      due_rolled: Date.parse(each.expect.due_rolled),
    })
  })

  it.each(vectors.remaining)('what is left is said in its unit: $case, $now', (vector) => {
    const each = caseNamed(vector.case)
    const left = remaining(run(each), Date.parse(vector.now))
    expect({ ...left, words: words(left, ruleOf(each).at_end) }).toEqual(vector.expect)
  })

  it.each(vectors.timeliness)('an act is in time to the last moment: $case, $done', (vector) => {
    const dates = run(caseNamed(vector.case))
    expect(timeliness(dates, Date.parse(vector.done))).toBe(vector.expect)
  })

  it.each(vectors.reminders)('reminders ring at their lead times: $case', (vector) => {
    const each = caseNamed(vector.case)
    const rings = reminderInstants(ruleOf(each), run(each))
    expect(rings).toEqual(vector.expect.map((text) => Date.parse(text)))
  })

  it('holds as many as agreed', () => {
    console.log(`vectors clocks (typescript): ${vectorCount()}`)
    expect(new Set(vectors.cases.map((each) => each.name)).size).toBeGreaterThanOrEqual(60)
  })
})

describe('calendar', () => {
  const national = calendarNamed('national')

  it('knows the rest days and make-up workdays of a notice', () => {
    expect(dayKind(national, '2026-09-20')).toBe('班')
    expect(dayKind(national, '2026-09-25')).toBe('休')
    expect(dayKind(national, '2026-09-24')).toBe('工')
  })

  it('rests on the fixed holidays of a year nobody has entered', () => {
    expect(dayKind(national, '2029-10-02')).toBe('休')
    expect(dayKind(national, '2029-10-04')).toBe('工')
  })

  it('begins the day at midnight in Shanghai', () => {
    expect(dayOf(Date.parse('2026-09-17T15:59:59Z'))).toBe('2026-09-17')
    expect(dayOf(Date.parse('2026-09-17T16:00:00Z'))).toBe('2026-09-18')
  })

  it('refuses a lead time it cannot read', () => {
    const each = caseNamed('demand: two plain weeks')
    const rule = { ...ruleOf(each), lead_times: ['tomorrow'] }
    expect(() => reminderInstants(rule, run(each))).toThrow('not a lead time: tomorrow')
  })
})
