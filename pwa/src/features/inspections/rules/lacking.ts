/** Reading the required-by-stage table (sync/contract/stages.json) against what a dossier holds. */

import stages from '@contract/stages.json'

import type {
  Breach,
  Held,
  Lack,
  Level,
  Moment,
  RecordTest,
  Row,
  Select,
  Stage,
  Test,
  View,
} from '../model'
import {
  filled,
  live,
  openRuns,
  orderItems,
  recheckDay,
  signaturesMissing,
  trimmed,
  values,
} from './view'

/** A record, empty where there is none, and the number its line says. */
type Missing = readonly [record: string, n: number]

export const STAGES = stages.rows as unknown as readonly Row[]

/** As the item lists print what is to be filled in by hand. */
export const BLANK = '____'

const LEVELS: readonly Level[] = ['law', 'duty', 'advice']

/** What the stage still wants, legal first, then duties, then advice. */
export function lacks(table: readonly Row[], stage: Stage, view: View): readonly Lack[] {
  return table
    .flatMap((row) => lacksOf(row, row.at[stage], view))
    .sort((one, two) => LEVELS.indexOf(one.level) - LEVELS.indexOf(two.level))
}

/** Facts that stand in the wrong order: accepted by the server and marked (QU6). */
export function breaches(view: View, table: readonly Row[] = STAGES): readonly Breach[] {
  const record = live(view, 'inspection')[0]?.id ?? ''
  return table.flatMap(({ id: rule, mark: id, test, says, source }) =>
    id && missingIn(test, view).length > 0 ? [{ id, rule, record, says, source }] : [],
  )
}

function lacksOf(row: Row, level: Level | undefined, view: View): readonly Lack[] {
  if (level === undefined || (row.when && select(view, row.when).length === 0)) return []
  const { id, verb, go, source } = row
  return lines(row, missingIn(row.test, view)).map(([record, n]) => {
    return { id, level, says: row.says.replaceAll('{n}', `${n}`), verb, go, record, source }
  })
}

function lines(row: Row, missing: readonly Missing[]): readonly Missing[] {
  const first = missing[0]
  return row.together && first ? [[first[0], missing.length]] : missing
}

function missingIn(test: Test, view: View): readonly Missing[] {
  switch (test.test) {
    case 'records': {
      const count = test.of.reduce((sum, each) => sum + select(view, each).length, 0)
      return count >= test.at_least ? [] : [['', count]]
    }
    case 'before':
      return tooLate(earliest(view, test.first), earliest(view, test.other)) ? [['', 0]] : []
    case 'certified':
      return uncertified(view, test.each, test.field, test.at_least)
    case 'signed':
      return unsigned(view, test.of, test.officers, test.certified)
    case 'closed_runs':
      return openRuns(view).map((act) => [act.id, 1])
    default:
      return select(view, test.each)
        .filter((record) => !holds(test, record, view))
        .map((record) => [record.id, numberOf(view, test.each, record)])
  }
}

function holds(test: RecordTest, record: Held, view: View): boolean {
  switch (test.test) {
    case 'filled':
      return test.fields.every((field) => filled(record, field))
    case 'differs': {
      const [one, two] = test.fields.map((field) => wordsAt(record, field))
      return !filled(record, test.fields[0]) || one !== two
    }
    case 'not_past':
      return values(record, test.field).every((day) => String(day) >= (view.today ?? ''))
    case 'settled':
      return !record.conflicts?.length
    case 'each_has': {
      const listed = test.listed ? values(record, test.listed) : []
      const count = select(view, test.has).filter(
        (other) => values(other, test.key).includes(record.id) || listed.includes(other.id),
      ).length
      return test.at_least <= count && count <= (test.at_most ?? count)
    }
    case 'whole':
      return !test.fields.some((field) => wordsAt(record, field).includes(BLANK))
    case 'still_fits': {
      const naming = select(view, test.by).filter((o) => values(o, test.key).includes(record.id))
      const fits = (other: Held): boolean => {
        return test.same.every(([path, field]) => repeats(other, path, record, field))
      }
      return naming.length === 0 || naming.some(fits)
    }
  }
}

/** What the other does not say is not compared. */
function repeats(other: Held, path: string, record: Held, field: string): boolean {
  return values(other, path).length === 0 || wordsAt(other, path) === wordsAt(record, field)
}

function wordsAt(record: object, path: string): string {
  return values(record, path).map(trimmed).join('\n')
}

function earliest(view: View, moment: Moment): number {
  return Math.min(
    ...select(view, moment.of).flatMap((each) => values(each, moment.time)).map(Number),
  )
}

/** What is not known is `Infinity`, which is too late for nothing and before nothing. */
function tooLate(first: number, other: number): boolean {
  return Number.isFinite(first) && first > other
}

function uncertified(view: View, each: Select, field: string, wanted: number): readonly Missing[] {
  const certified = new Set<unknown>(view.certified)
  const counts = select(view, each).map((record): Missing => {
    const named = new Set(values(record, field))
    return [record.id, [...named].filter((officer) => certified.has(officer)).length]
  })
  return (counts.length > 0 ? counts : [['', 0] as const]).filter(([, n]) => n < wanted)
}

function unsigned(
  view: View,
  of: Select,
  officers: number,
  certified: boolean,
): readonly Missing[] {
  const drafts = select(view, of).map((draft) => draft.id)
  if (drafts.length === 0) drafts.push('')
  const wanted = drafts.map((draft) => signaturesMissing(view, draft, officers, certified))
  const least = Math.min(...wanted)
  return least > 0 ? [[drafts.at(-1) ?? '', least]] : []
}

function select(view: View, chosen: Select): readonly Held[] {
  const among = amongOf(view, chosen)
  const where = Object.entries(chosen.where ?? {})
  return live(view, chosen.entity).filter(
    (record) =>
      (among === null || among.has(record.id)) &&
      where.every(([field, want]) => is(values(record, field), want)) &&
      (chosen.having ?? []).every((path) => filled(record, path)),
  )
}

/** A register nobody wrote is no. */
function is(found: readonly unknown[], want: string | boolean): boolean {
  return found.includes(want) || (want === false && found.length === 0)
}

function amongOf(view: View, { among }: Select): ReadonlySet<string> | null {
  const chosen = view.chosen ?? ''
  if (among === undefined) return null
  if (among === 'chosen') return new Set([chosen])
  const recheck = live(view, 'recheck').find((each) => each.id === chosen)
  if (among === 'remaining') {
    const items = recheck?.items ?? []
    return new Set(items.filter((item) => item.result !== 'fixed').map((item) => item.finding))
  }
  if (recheck === undefined) return new Set()
  const day = recheckDay(view, recheck)
  const due = orderItems(view).filter((item) => item.order === recheck.order && item.due <= day)
  return new Set(due.map((item) => item.finding))
}

function numberOf(view: View, each: Select, record: Held): number {
  return 1 + live(view, each.entity).findIndex((one) => one.id === record.id)
}
