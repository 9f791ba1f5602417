import { describe, expect, test } from 'vitest'
import { applyLine, digestLines, digestOf } from '../src/index'
import type { ServerRecord, SnapshotLine } from '../src/index'
import { newKeys } from './keys'
import { titled, vectors } from './vectors'

interface Expect {
  readonly lines: readonly string[]
  readonly count: number
  readonly digest: string
}

const { cases } = vectors<{ records: readonly SnapshotLine[] }, Expect>('digest')
const signer = await newKeys()

describe('digest vectors', () => {
  test.each(titled(cases))('%s', async (_, { given, expect: { lines, count, digest } }) => {
    const records = given.records.map((line) => applyLine(undefined, line) as ServerRecord)
    expect(digestLines(records)).toEqual(lines)
    expect(await digestOf(signer, records)).toEqual({ count, digest })
  })
})
