/** What an inspector writes: random facts over every merge rule, from the screen he sees. */

import { addsOf, headsOf } from '../../sync/client/src/index'
import type { Draft, FieldDraft, Json, RecordView } from '../../sync/client/src/index'
import type { Random } from './random'

const CODES = ['order', 'corrected', 'measure', 'transfer', 'aqscf@2021-09-01#36.3']
const WORDS = ['报警器被关闭', '安全出口堵塞', '未持证上岗', '𫖮', '']

/** Fields that are written again and again, by entity; what is not named here is sealed. */
const LATEST: Readonly<Record<string, readonly string[]>> = {
  finding: ['problem', 'place'],
  inspection: ['situation'],
  check: ['result'],
  newer_thing: ['shade', 'constructor'],
  addendum: ['withdrawn'],
}
const FIRST: Readonly<Record<string, readonly string[]>> = {
  inspection: ['started'],
  number: ['void'],
}
const UNION: Readonly<Record<string, readonly string[]>> = {
  finding: ['basis', 'dispositions'],
  inspection: ['officers'],
}
const GROUP: Readonly<Record<string, readonly string[]>> = { finding: ['rectify_by'] }
const SEALED: Readonly<Record<string, readonly string[]>> = {
  addendum: ['of', 'text'],
  number: ['serial', 'text'],
}
const AUTHORITY: Readonly<Record<string, readonly string[]>> = { approval: ['act', 'words'] }
const ENTITIES = ['finding', 'finding', 'number', 'inspection', 'check', 'newer_thing', 'addendum']

/** A dossier begun in the field (GR4). */
export function openingDraft(chance: Random): Draft {
  const fields = {
    kind: { value: 'inspection' },
    bureau: { value: 'sim' },
    section: { value: 'sec' },
    reason: { value: chance.pick(WORDS) },
  }
  return { dossier: null, entity: 'dossier', record: null, schema: 1, fields }
}

/** A record nobody wrote yet; now and then one that only the server may create. */
export function newDraft(chance: Random, dossier: string): Draft {
  const entity = chance.chance(4) ? 'approval' : chance.pick(ENTITIES)
  const fields = fieldsOf(chance, entity, null, true)
  return { dossier, entity, record: null, schema: schemaOf(chance), fields }
}

/** A change of what the screen shows; now and then of what is sealed. */
export function changeDraft(chance: Random, dossier: string, view: RecordView): Draft {
  const { entity, record } = view
  const fields = fieldsOf(chance, entity, view, chance.chance(10))
  return { dossier, entity, record, schema: schemaOf(chance), fields }
}

function schemaOf(chance: Random): number {
  return chance.chance(10) ? 99 : 1
}

function fieldsOf(
  chance: Random,
  entity: string,
  view: RecordView | null,
  sealedToo: boolean,
): Draft['fields'] {
  const latest = [...(LATEST[entity] ?? []), ...(chance.chance(8) ? ['unheard_of'] : [])]
  const writers: [string, () => FieldDraft][] = [
    ...writersOf({ [entity]: latest }, entity, (name) => plain(view, name, text(chance))),
    ...writersOf(FIRST, entity, (name) => plain(view, name, 1_780_000_000_000 + chance.below(3))),
    ...writersOf(UNION, entity, (name) => union(chance, view, name)),
    ...writersOf(GROUP, entity, (name) => plain(view, name, due(chance))),
    ...(sealedToo ? writersOf(SEALED, entity, (name) => plain(view, name, text(chance))) : []),
    ...writersOf(AUTHORITY, entity, (name) => plain(view, name, text(chance))),
  ]
  const chosen = writers.length === 0 ? [] : chance.some(writers, 3)
  if (chosen.length === 0) return { withdrawn: plain(view, 'withdrawn', { reason: text(chance) }) }
  return Object.fromEntries(chosen.map(([name, write]) => [name, write()]))
}

function writersOf(
  names: Readonly<Record<string, readonly string[]>>,
  entity: string,
  write: (name: string) => FieldDraft,
): [string, () => FieldDraft][] {
  return (names[entity] ?? []).map((name) => [name, () => write(name)])
}

function plain(view: RecordView | null, name: string, value: Json): FieldDraft {
  return { value, seen: headsOf(view, name) }
}

/** Elements go only by naming the adds that were seen (CS7). */
function union(chance: Random, view: RecordView | null, name: string): FieldDraft {
  const present = [...(view?.fields.get(name)?.adds.keys() ?? [])]
  const removed = present.filter(() => chance.chance(30))
  const remove = removed.map((element) => [element, addsOf(view, name, element)] as const)
  const add = chance.some(CODES, 2)
  return { value: { add, ...(remove.length > 0 ? { remove: Object.fromEntries(remove) } : {}) } }
}

function text(chance: Random): string {
  return `${chance.pick(WORDS)}${chance.below(3)}`
}

function due(chance: Random): Json {
  return { due: `2026-09-${10 + chance.below(3)}`, rule: chance.pick(['D09', 'D10']) }
}
