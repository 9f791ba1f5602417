import { readFileSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import type { Answer, Demand, DueGroup, Duty, Outcome } from './model'
import { dueGroups, nextDuties, outcome, unanswered } from './rules'

interface Case {
  readonly name: string
  readonly day: string
  readonly demands: readonly Demand[]
  readonly answers: readonly Answer[]
  readonly groups: readonly DueGroup[]
  readonly unanswered: readonly number[]
  readonly outcome: Outcome
  readonly duties: readonly Duty[]
}

const url = new URL('../../../../sync/vectors/state.json', import.meta.url)
const { rechecks } = JSON.parse(readFileSync(url, 'utf8')) as { rechecks: readonly Case[] }

describe('S1-11c what follows a recheck', () => {
  it.each(rechecks)('$name', (one) => {
    expect(dueGroups(one.demands)).toEqual(one.groups)
    expect(unanswered(one.demands, one.answers)).toEqual(one.unanswered)
    expect(outcome(one.answers)).toBe(one.outcome)
    expect(nextDuties(one.demands, one.answers, one.day)).toEqual(one.duties)
  })

  it('cannot judge a recheck without results', () => {
    expect(() => outcome([])).toThrow(RangeError)
  })
})
