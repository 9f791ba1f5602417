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
} from './rules'

interface Vectors {
  readonly schemes: { readonly table: CapScheme; readonly none: CapScheme }
  readonly judge: readonly {
    readonly name: string
    readonly scheme: 'table' | 'none'
    readonly high_risk: boolean
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
    const verdict = judgeCap(scheme, one.high_risk, one.grade, one.counted, one.exemption)
    expect(verdict).toEqual(one.expect)
  })

  it.each(vectors.count)('visits of a year: $name', ({ visits, year, expect: expected }) => {
    expect(countVisits(vectors.schemes.table, visits, year)).toEqual(expected)
  })

  it.each(vectors.grade)('grade of the day: $name', ({ periods, day, grade }) => {
    expect(gradeOn(periods, day)).toBe(grade)
  })
})
