/** The server's log judged by brute force: none of the code under test computes a head here. */

import { createHash } from 'node:crypto'
import type { Json, MergeTable, RuleName } from '../../sync/client/src/index'
import { contentOf } from './content'
import { Violation } from './world'
import type { World } from './world'

export interface Log {
  readonly rows: readonly LogRow[]
  readonly count: number
  readonly digest: string
}

interface LogRow {
  readonly seq: number
  readonly device: string
  readonly epoch: number
  readonly n: number
  readonly body: string
  readonly received: number
}

interface Body {
  readonly time: string
  readonly dossier: string
  readonly entity: string
  readonly record: string
  readonly fields: Readonly<Record<string, { value: Json; seen?: readonly string[] }>>
}

/** One changeset's word on one register. */
export interface Write {
  readonly id: string
  readonly seq: number
  readonly device: string
  readonly place: readonly [number, number]
  readonly time: string
  readonly effective: string
  readonly value: Json
  readonly seen: readonly string[]
  readonly content: string
}

/** All writes by register `entity/record/field`, in order of acceptance. */
export type Registers = ReadonlyMap<string, readonly Write[]>

export function registersOf({ rows }: Log): Registers {
  const registers = new Map<string, Write[]>()
  for (const { seq, device, epoch, n, body, received } of rows) {
    const read = JSON.parse(body) as Body
    const bound = `${String(received + 120_000).padStart(13, '0')}-ffff`
    const effective = [read.time, bound].sort()[0] ?? bound
    const content = contentOf(read)
    for (const [name, { value, seen = [] }] of Object.entries(read.fields)) {
      const register = `${read.entity}/${read.record}/${name}`
      const id = `${device}.${epoch}.${n}`
      const place = [epoch, n] as const
      const write = { id, seq, device, place, time: read.time, effective, value, seen, content }
      registers.set(register, [...(registers.get(register) ?? []), write])
    }
  }
  return registers
}

/** I2: the writes nobody accepted has seen. */
export function headsOf(writes: readonly Write[]): readonly Write[] {
  const seen = new Set(writes.flatMap((write) => write.seen))
  return writes.filter(({ id }) => !seen.has(id))
}

/** MG6: live adds by element. */
export function addsOf(writes: readonly Write[]): ReadonlyMap<string, readonly string[]> {
  const gone = new Set(
    writes.flatMap(({ value }) =>
      Object.entries(unionOf(value).remove).flatMap(([element, ids]) =>
        ids.map((id) => `${id} ${element}`),
      ),
    ),
  )
  const adds = new Map<string, string[]>()
  for (const { id, value } of writes) {
    for (const element of new Set(unionOf(value).add)) {
      if (!gone.has(`${id} ${element}`)) adds.set(element, [...(adds.get(element) ?? []), id])
    }
  }
  return adds
}

export function ruleAt(table: MergeTable, register: string): RuleName {
  const [entity = '', , field = ''] = register.split('/')
  const known = Object.entries(table.entities).find(([name]) => name === entity)?.[1]
  const rule = Object.entries(known?.fields ?? {}).find(([name]) => name === field)?.[1]
  return rule?.rule ?? 'latest'
}

/** MG4 by sorting all heads. No field of the contract is `furthest`. */
export function winnerOf(heads: readonly Write[], rule: RuleName): Write | undefined {
  const last = (a: Write, b: Write): number =>
    order(a.effective, b.effective) ||
    order(a.device, b.device) ||
    a.place[0] - b.place[0] ||
    a.place[1] - b.place[1]
  if (rule === 'first') return [...heads].sort((a, b) => a.seq - b.seq)[0]
  return [...heads].sort(last).at(-1)
}

/** I2, I4 and the author's right to have seen what he superseded. Throws Violation. */
export function judgeLog(world: World, dossier: string, log: Log): void {
  if (log.rows.some(({ seq }, index) => seq !== index + 1)) {
    throw new Violation(`I4 ${dossier} has gaps`)
  }
  const registers = registersOf(log)
  const lines = linesOf(registers, world.table)
  const digest = createHash('sha256').update(lines.join('')).digest('hex')
  if (lines.length !== log.count || digest !== log.digest) {
    throw new Violation(`I2 the heads of ${dossier} are not those of its log`)
  }
  for (const [register, writes] of registers) judgeSeen(world, register, writes)
}

function linesOf(registers: Registers, table: MergeTable): readonly string[] {
  const lines = [...registers].flatMap(([register, writes]) => {
    const ids = (found: readonly string[]): string => [...found].sort().join(',')
    if (ruleAt(table, register) === 'union') {
      const adds = [...addsOf(writes)]
      return adds.map(([element, found]) => `${register}/${element} ${ids(found)}\n`)
    }
    const heads = headsOf(writes).map(({ id }) => id)
    return heads.length === 0 ? [] : [`${register} ${ids(heads)}\n`]
  })
  return lines.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
}

/**
 * Nobody's words are superseded unseen: an id in `seen` names what its author's screen showed.
 * Not judged: an id two clones gave to different words, the first of which a restored server has
 * forgotten. Nothing in `seen` could tell them apart.
 */
function judgeSeen(world: World, register: string, writes: readonly Write[]): void {
  const byId = new Map(writes.map((write) => [write.id, write]))
  for (const { content, seen, id } of writes) {
    const witnessed = world.witnessed.get(`${content}/${register.split('/')[2] ?? ''}`)
    for (const named of seen) {
      const head = byId.get(named)
      if (head === undefined || witnessed === undefined) continue
      if (world.restored && world.doubled.has(head.device)) continue
      if (!wasShown(world, head, witnessed)) {
        throw new Violation(`${id} supersedes ${named} in ${register} unseen`)
      }
    }
  }
}

/**
 * A head is recognised by its time and its value. A restored server receives words again, later than
 * the first time; the screen had shown them under the bound of that first receipt (CK3).
 */
function wasShown(world: World, head: Write, witnessed: ReadonlySet<string>): boolean {
  const value = JSON.stringify(head.value)
  if ([head.time, head.effective].some((time) => witnessed.has(`${time}|${value}`))) return true
  if (!world.restored) return false
  const earlierBounds = [...witnessed].map((each) => each.slice(0, head.time.length))
  return earlierBounds.some(
    (time) => time.endsWith('-ffff') && time <= head.time && witnessed.has(`${time}|${value}`),
  )
}

function unionOf(value: Json): {
  add: readonly string[]
  remove: Readonly<Record<string, readonly string[]>>
} {
  return { add: [], remove: {}, ...(value as object) }
}

function order(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1
}
