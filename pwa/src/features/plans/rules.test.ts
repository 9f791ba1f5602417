import { readFileSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import {
  type CapScheme,
  type CapVerdict,
  type Exemption,
  type Grade,
  type GradePeriod,
  type VisitCount,
  type YearVisit,
  countVisits,
  gradeOn,
  judgeCap,
  visitsOver,
} from './rules'

interface Vectors {
  readonly schemes: { readonly table: CapScheme; readonly none: CapScheme; readonly sectors: CapScheme }
  readonly judge: readonly {
    readonly name: string
    readonly scheme: keyof Vectors['schemes']
    readonly high_risk: boolean
    readonly sectors?: readonly string[]
    readonly grade: Grade
    readonly counted: number
    readonly exemption: Exemption | null
    readonly expect: CapVerdict
  }[]
  readonly count: readonly {
    readonly name: string
    readonly visits: readonly YearVisit[]
    readonly year: number
    readonly expect: VisitCount
  }[]
  readonly over: readonly {
    readonly name: string
    readonly scheme: keyof Vectors['schemes']
    readonly high_risk: boolean
    readonly sectors?: readonly string[]
    readonly periods: readonly GradePeriod[]
    readonly visits: readonly YearVisit[]
    readonly year: number
    readonly expect: Readonly<Record<string, number>>
  }[]
  readonly grade: readonly {
    readonly name: string
    readonly periods: readonly GradePeriod[]
    readonly day: string
    readonly grade: Grade
  }[]
}

const url = new URL('../../../../sync/vectors/caps.json', import.meta.url)
const vectors = JSON.parse(readFileSync(url, 'utf8')) as Vectors

describe('S3-3.1 the frequency cap', () => {
  it.each(vectors.judge)('one more visit: $name', (one) => {
    const scheme = vectors.schemes[one.scheme]
    const { high_risk, grade, counted, exemption, sectors } = one
    const verdict = judgeCap(scheme, high_risk, grade, counted, exemption, sectors)
    expect(verdict).toEqual(one.expect)
  })

  it.each(vectors.count)('visits of a year: $name', ({ visits, year, expect: expected }) => {
    expect(countVisits(vectors.schemes.table, visits, year)).toEqual(expected)
  })

  it.each(vectors.over)('one too many: $name', (one) => {
    const { high_risk, periods, visits, year, sectors } = one
    const scheme = vectors.schemes[one.scheme]
    expect(visitsOver(scheme, high_risk, periods, visits, year, sectors)).toEqual(one.expect)
  })

  it.each(vectors.grade)('grade of the day: $name', ({ periods, day, grade }) => {
    expect(gradeOn(periods, day)).toBe(grade)
  })
})
