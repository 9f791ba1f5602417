import { describe, expect, test } from 'vitest'
import { addsOf, applyLine, applyRows, headsOf, recordView, ReplicaError } from '../src/index'
import type { Json, MergeTable, Row, ServerRecord, Unsettled } from '../src/index'

const ME = 'a3f9k2m7qx1c'
const OTHER = 'b8t4w6n2zr5h'
const RECORD = `${ME}.1.1.5c0e91d2`
const TABLE: MergeTable = {
  entities: {
    finding: {
      creator: 'anyone',
      fields: { basis: { rule: 'union' }, started: { rule: 'first' } },
    },
  },
}
const VIEWER = { device: ME, table: TABLE }

type Fields = Readonly<Record<string, { readonly value: Json; readonly seen?: readonly string[] }>>

function body(id: string, second: number, fields: Fields): string {
  const time = `${1_789_696_440_000 + second * 1000}-0000`
  const place = { dossier: RECORD, entity: 'finding', record: RECORD, schema: 1, kind: 'edit' }
  return JSON.stringify({ id, time, ...place, fields })
}

function own(n: number, fields: Fields, refused: string | null = null): Unsettled {
  const id = `${ME}.1.${n}`
  const text = body(id, n, fields)
  const place = { dossier: RECORD, entity: 'finding', record: RECORD, time: '', body: text }
  return { epoch: 1, n, id, hash: '', signature: '', ...place, refused }
}

function row(seq: number, id: string, fields: Fields, after?: Row['heads_after']): Row {
  const rest = { seq, received: 1_789_696_500_000, courier: ME, body: body(id, seq, fields) }
  return after === undefined ? rest : { ...rest, heads_after: after }
}

function serverAfter(...rows: readonly Row[]): ServerRecord {
  const [record] = applyRows(() => undefined, 0, rows).values()
  if (record === undefined) throw new Error('no rows')
  return record
}

function valueOf(view: ReturnType<typeof recordView>, field: string): Json | undefined {
  return view?.fields.get(field)?.value
}

describe('own words over the server state', () => {
  const server = serverAfter(row(1, `${OTHER}.1.1`, { problem: { value: '甲' } }))

  test('[LG5] an edit that saw the head replaces it at once', () => {
    const edit = own(2, { problem: { value: '乙', seen: [`${OTHER}.1.1`] } })
    const view = recordView(VIEWER, server, [edit])
    expect(view?.fields.get('problem')).toMatchObject({ value: '乙', conflict: false })
    expect(headsOf(view, 'problem')).toEqual([`${ME}.1.2`])
  })

  test('[MG5] an edit that did not see it stands beside it', () => {
    const view = recordView(VIEWER, server, [own(2, { problem: { value: '乙' } })])
    const field = view?.fields.get('problem')
    expect(field).toMatchObject({ value: '乙', conflict: true })
    expect(field?.heads.map(({ id, own, accepted }) => [id, own, accepted])).toEqual([
      [`${OTHER}.1.1`, false, true],
      [`${ME}.1.2`, true, false],
    ])
  })

  test('[MG2] own edits that follow each other show the last only', () => {
    const edits = [
      own(2, { problem: { value: '乙', seen: [`${OTHER}.1.1`] } }),
      own(3, { problem: { value: '丙', seen: [`${ME}.1.2`] } }),
    ]
    expect(headsOf(recordView(VIEWER, server, edits), 'problem')).toEqual([`${ME}.1.3`])
  })

  test('[LG2] an edit the server state holds already is not laid over it again', () => {
    const again = own(1, { problem: { value: '甲' } })
    const mine = serverAfter(row(1, `${ME}.1.1`, { problem: { value: '甲' } }))
    const field = recordView(VIEWER, mine, [again])?.fields.get('problem')
    expect(field?.heads.map(({ accepted }) => accepted)).toEqual([true])
  })

  test('[MG4] first: accepted comes before not accepted, however early that was written', () => {
    const started = serverAfter(row(1, `${OTHER}.1.1`, { started: { value: 200 } }))
    const early = own(2, { started: { value: 100 } })
    expect(valueOf(recordView(VIEWER, started, [early]), 'started')).toBe(200)
    const both = [own(3, { started: { value: 300 } }), early]
    expect(valueOf(recordView(VIEWER, null, both), 'started')).toBe(100)
  })

  test('[MG6] union: own adds and removes over those of the server', () => {
    const union = serverAfter(
      row(1, `${OTHER}.1.1`, { basis: { value: { add: ['x', 'y'] } } }, {
        basis: { x: [`${OTHER}.1.1`], y: [`${OTHER}.1.1`] },
      }),
    )
    const remove = { x: addsOf(recordView(VIEWER, union, []), 'basis', 'x') }
    const view = recordView(VIEWER, union, [own(2, { basis: { value: { add: ['z'], remove } } })])
    expect(valueOf(view, 'basis')).toEqual(['y', 'z'])
  })

  test('[MG3] a union this app does not know is shown as one', () => {
    const after = { newer: { x: [`${OTHER}.1.1`] } }
    const union = serverAfter(row(1, `${OTHER}.1.1`, { newer: { value: { add: ['x'] } } }, after))
    expect(valueOf(recordView(VIEWER, union, []), 'newer')).toEqual(['x'])
  })

  test('[CS6] at most 32 heads are named, the oldest first', () => {
    const many = Array.from({ length: 40 }, (_, n) => own(n + 2, { problem: { value: n } }))
    const heads = headsOf(recordView(VIEWER, null, many), 'problem')
    expect(heads).toHaveLength(32)
    expect(heads[0]).toBe(`${ME}.1.2`)
  })
})

describe('refused words', () => {
  const refused = own(2, { problem: { value: '乙', seen: [`${OTHER}.1.1`] } }, 'revoked')

  test('[QU2] beside a record the server knows they are listed and do not count', () => {
    const server = serverAfter(row(1, `${OTHER}.1.1`, { problem: { value: '甲' } }))
    const view = recordView(VIEWER, server, [refused])
    expect(valueOf(view, 'problem')).toBe('甲')
    expect(headsOf(view, 'problem')).toEqual([`${OTHER}.1.1`])
    expect(view?.refused).toMatchObject([{ id: `${ME}.1.2`, reason: 'revoked' }])
  })

  test('[MG12] of a record nobody accepted, the author still sees his words', () => {
    const view = recordView(VIEWER, null, [refused, own(3, { place: { value: '二车间' } }, 'blocked')])
    expect(view?.accepted).toBe(false)
    expect([valueOf(view, 'problem'), valueOf(view, 'place')]).toEqual(['乙', '二车间'])
    expect(view?.refused.map(({ reason }) => reason)).toEqual(['revoked', 'blocked'])
  })

  test('a record neither layer knows is none', () => {
    expect(recordView(VIEWER, null, [])).toBeNull()
    expect(headsOf(null, 'problem')).toEqual([])
    expect(addsOf(null, 'basis', 'x')).toEqual([])
  })
})

describe('rows and snapshot lines', () => {
  const first = row(1, `${ME}.1.1`, { problem: { value: '甲' } })

  test('[LG1] a row that leaves a gap is refused', () => {
    const late = row(3, `${ME}.1.2`, { problem: { value: '乙' } })
    expect(() => applyRows(() => undefined, 0, [first, late])).toThrow(ReplicaError)
  })

  test('[LG5] a head that is not held is refused', () => {
    const foreign = row(1, `${ME}.1.2`, { problem: { value: '乙' } }, { problem: [`${OTHER}.1.9`] })
    expect(() => applyRows(() => undefined, 0, [foreign])).toThrow(ReplicaError)
  })

  test('[LG7] a row that a snapshot line contained changes nothing', () => {
    const held = { ...serverAfter(first), seq: 2 }
    expect([...applyRows(() => held, 0, [first])]).toEqual([])
  })

  test('[LG7] a line is applied only where its seq is higher', () => {
    const held = serverAfter(first)
    const line = { entity: 'finding', record: RECORD, seq: 1, fields: {} }
    expect(applyLine(held, line)).toBeNull()
    expect(applyLine(held, { ...line, seq: 2 })).toEqual({ ...line, seq: 2 })
  })

  test('[CK3] the effective time is taken where it differs', () => {
    const record = serverAfter({ ...first, effective: '1789696441000-ffff' })
    expect(record.fields.problem).toMatchObject({ heads: [{ time: '1789696441000-ffff' }] })
  })
})
