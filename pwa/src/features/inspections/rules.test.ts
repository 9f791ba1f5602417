import { readFileSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import type { Breach, Obstacle, OpenItem, Stage, State, Station, View } from './model'
import { STAGES, breaches, keepsOpen, lacks, mayClose, openItems, progress, stateOf } from './rules'

type Fields = Readonly<Record<string, unknown>>
type Rows = readonly (Fields & { readonly id: string })[]

interface Case<Expected> {
  readonly name: string
  readonly drop?: readonly string[]
  readonly change?: Readonly<Record<string, Fields | null>>
  readonly facts?: Fields
  readonly expect: Expected
}

interface Base {
  readonly base: Readonly<Record<string, Rows>>
  readonly facts: Fields
}

interface Said {
  readonly id: string
  readonly level: string
  readonly record: string
  readonly says: string
}

interface StageVectors extends Base {
  readonly lacks: readonly (Case<readonly Said[]> & { readonly stage: Stage })[]
  readonly breaches: readonly Case<readonly Breach['id'][]>[]
}

interface StateVectors extends Base {
  readonly state: readonly Case<State>[]
  readonly progress: readonly Case<readonly Station['state'][]>[]
  readonly open_items: readonly (Case<readonly OpenItem[]> & { readonly today: string })[]
  readonly may_close: readonly Case<readonly Obstacle[]>[]
  readonly keeps_open: readonly Case<readonly string[]>[]
  readonly rechecks: readonly unknown[]
}

function read<T>(name: string): T {
  const url = new URL(`../../../../sync/vectors/${name}.json`, import.meta.url)
  return JSON.parse(readFileSync(url, 'utf8')) as T
}

const stages = read<StageVectors>('stages')
const states = read<StateVectors>('state')

/** The base without what is dropped, with the case's changes and facts. */
function viewOf({ base, facts }: Base, one: Case<unknown>): Record<string, unknown> {
  const held = new Map<string, Map<string, Fields>>()
  for (const [entity, rows] of Object.entries(base))
    if (!one.drop?.includes(entity)) held.set(entity, new Map(rows.map((row) => [row.id, row])))
  for (const [name, fields] of Object.entries(one.change ?? {})) {
    const [entity = '', id = ''] = name.split('/')
    const rows = held.get(entity) ?? new Map<string, Fields>()
    held.set(entity, rows)
    if (fields === null) rows.delete(id)
    else rows.set(id, { ...rows.get(id), id, ...fields })
  }
  const rows = [...held].map(([entity, records]) => [entity, [...records.values()]] as const)
  return { ...Object.fromEntries(rows), ...facts, ...one.facts }
}

/** The view as it is, and with every list turned round: facts arrive in any order. */
function bothOrders(vectors: Base, one: Case<unknown>): readonly View[] {
  const view = viewOf(vectors, one)
  const turned = Object.entries(view).map(([name, value]) => [
    name,
    Array.isArray(value) ? [...(value as unknown[])].reverse() : value,
  ])
  return [view, Object.fromEntries(turned) as View]
}

describe('stages of an inspection', () => {
  it.each(stages.lacks)('wants: $name', (one) => {
    for (const view of bothOrders(stages, one)) {
      const found = lacks(STAGES, one.stage, view)
      const said = found.map(({ id, level, record, says }) => ({ id, level, record, says }))
      expect(said).toEqual(one.expect)
    }
  })

  it.each(stages.breaches)('QU6 in the wrong order: $name', (one) => {
    for (const view of bothOrders(stages, one))
      expect(breaches(view).map((each) => each.id)).toEqual(one.expect)
  })

  it('says where to go and what it stands on in every line', () => {
    const found = STAGES.flatMap((row) => [row.says, row.verb, row.go, row.source])
    expect(found.filter((words) => words.trim() === '')).toEqual([])
  })
})

describe('state of an inspection', () => {
  it.each(states.state)('$name: $expect', (one) => {
    for (const view of bothOrders(states, one)) expect(stateOf(view)).toBe(one.expect)
  })

  it.each(states.progress)('stations: $name', (one) => {
    for (const view of bothOrders(states, one))
      expect(progress(view).map((station) => station.state)).toEqual(one.expect)
  })

  it.each(states.open_items)('S0-5b open items: $name', (one) => {
    for (const view of bothOrders(states, one))
      expect(openItems(view, one.today)).toEqual(one.expect)
  })

  it.each(states.may_close)('closing: $name', (one) => {
    for (const view of bothOrders(states, one)) expect(mayClose(view)).toEqual(one.expect)
  })

  it.each(states.keeps_open)('against closing: $name', (one) => {
    for (const view of bothOrders(states, one)) expect(keepsOpen(view)).toEqual(one.expect)
  })

  it('judges as many vectors as the server does', () => {
    const { state, progress: stations, open_items, may_close, keeps_open, rechecks } = states
    const judged = [state, stations, open_items, may_close, keeps_open, rechecks].map((each) => each.length)
    const ofState = judged.reduce((sum, n) => sum + n)
    const ofStages = stages.lacks.length + stages.breaches.length
    console.info(`vectors stages: ${ofStages}\nvectors state: ${ofState}`)
    expect([ofStages >= 80, ofState >= 50]).toEqual([true, true])
  })
})
