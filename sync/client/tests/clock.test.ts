import { describe, expect, test } from 'vitest'
import { compareHeads, effectiveTime, isTime, laterTime, nextTime } from '../src/index'
import type { Time } from '../src/index'
import { titled, vectors } from './vectors'
import type { Case } from './vectors'

interface Given {
  readonly text: string
  readonly last: Time | null
  readonly wall: number
  readonly time: Time
  readonly received: number
  readonly rows: readonly { readonly time: Time; readonly effective?: Time }[]
  readonly heads: readonly { readonly id: string; readonly time: Time }[]
}

const answers: Readonly<Record<string, (given: Given) => object>> = {
  CK1: ({ text }) => ({ valid: isTime(text) }),
  CK2: ({ last, wall }) => ({ time: nextTime(last, wall) }),
  CK3: ({ time, received }) => ({ effective: effectiveTime(time, received) }),
  CK4: ({ last, rows, wall }) => {
    const observed = rows.map(({ time, effective }) => effective ?? time)
    return { time: nextTime(observed.reduce<Time | null>(laterTime, last), wall) }
  },
  CK5: ({ heads }) => ({ order: [...heads].sort(compareHeads).map(({ id }) => id) }),
}

function answer({ rule, given }: Case<Given, object>): object {
  const rules = answers[rule]
  if (rules === undefined) throw new Error(`no such rule: ${rule}`)
  return rules(given)
}

describe('clock vectors', () => {
  test.each(titled(vectors<Given, object>('clock').cases))('%s', (_, each) => {
    expect(answer(each)).toEqual(each.expect)
  })
})

test('[CK2] a wall clock that 13 digits cannot hold is refused', () => {
  expect(() => nextTime(null, 10_000_000_000_000)).toThrow(RangeError)
  expect(() => nextTime(null, -1)).toThrow(RangeError)
  expect(() => nextTime(null, 1.5)).toThrow(RangeError)
})
