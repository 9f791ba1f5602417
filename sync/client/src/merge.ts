/**
 * MG: how registers take changesets. A head is a changeset nobody accepted names in `seen`, so the
 * heads do not depend on the order of arrival; which head is shown depends on the field's rule.
 */

import { compareHeads } from './clock'
import type { Time } from './clock'
import { equalJson } from './json'
import type { Json } from './json'
import type { UnionEdit } from './parse'
import type { FieldRule } from './rules'

/** One value of a register; `time` is effective once accepted, `seq` null until then. */
export interface Head {
  readonly id: string
  readonly time: Time
  readonly value: Json
  readonly seq: number | null
}

/** `superseded`: ids named in `seen`, whether accepted by now or not (MG2). */
export interface Register {
  readonly heads: readonly Head[]
  readonly superseded: ReadonlySet<string>
}

/** Live adds per element; `removed` holds `<add id> <element>` of every remove (MG6). */
export interface UnionRegister {
  readonly adds: ReadonlyMap<string, readonly string[]>
  readonly removed: ReadonlySet<string>
}

export const EMPTY: Register = { heads: [], superseded: new Set() }
export const EMPTY_UNION: UnionRegister = { adds: new Map(), removed: new Set() }

/** MG1, MG2. Accepting what is a head already changes nothing. */
export function accept(register: Register, head: Head, seen: readonly string[]): Register {
  const superseded = new Set([...register.superseded, ...seen])
  const others = register.heads.filter((other) => other.id !== head.id)
  const heads = [...others, head].filter((other) => !superseded.has(other.id))
  return { heads, superseded }
}

/** MG6: a remove takes only the adds it names, those that come later included. */
export function acceptUnion(register: UnionRegister, id: string, edit: UnionEdit): UnionRegister {
  const removed = new Set(register.removed)
  for (const [element, adds] of edit.remove) {
    for (const add of adds) removed.add(`${add} ${element}`)
  }
  const adds = new Map(register.adds)
  for (const element of edit.add) {
    adds.set(element, [...new Set([...(adds.get(element) ?? []), id])].sort())
  }
  for (const [element, ids] of adds) {
    const live = ids.filter((add) => !removed.has(`${add} ${element}`))
    if (live.length > 0) adds.set(element, live)
    else adds.delete(element)
  }
  return { adds, removed }
}

/** MG4: the head that is shown, null where the register is empty. */
export function shown(heads: readonly Head[], rule: FieldRule): Head | null {
  const order = orderOf(rule)
  return [...heads].sort(order).at(-1) ?? null
}

/** MG5: two heads of unequal value. */
export function inConflict(heads: readonly Head[]): boolean {
  const first = heads[0]
  return first !== undefined && heads.some((head) => !equalJson(head.value, first.value))
}

function orderOf({ rule, ranks }: FieldRule): (a: Head, b: Head) => number {
  if (rule === 'first') return byAcceptance
  if (rule === 'furthest') return byRank(ranks ?? [])
  return compareHeads
}

/** Acceptance backwards, so that the last is shown: unaccepted heads come after all others. */
function byAcceptance(a: Head, b: Head): number {
  if (a.seq !== null && b.seq !== null) return b.seq - a.seq
  if (a.seq === b.seq) return compareHeads(b, a)
  return a.seq === null ? -1 : 1
}

function byRank(ranks: readonly string[]): (a: Head, b: Head) => number {
  const rank = ({ value }: Head): number => (typeof value === 'string' ? ranks.indexOf(value) : -1)
  return (a, b) => rank(a) - rank(b) || compareHeads(a, b)
}
