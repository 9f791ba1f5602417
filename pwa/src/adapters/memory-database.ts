/** A database as idb.ts describes it that lives in memory alone: nothing of it outlives the page. */

import type { Database, DatabaseSpec, Key, Table, Tables, TableSpec } from './idb'
import { inOrder } from './in-order'

type AnyRow = Readonly<Record<string, unknown>>
type Shelf = ReadonlyMap<string, AnyRow>

/** One transaction at a time; what a failed one wrote is gone with it. */
export function memoryDatabase<Rows>({ tables }: DatabaseSpec): Database<Rows> {
  const lane = inOrder()
  let shelves: ReadonlyMap<string, Shelf> = new Map()
  return {
    close: () => (shelves = new Map()),
    run: (mode, names, work) =>
      lane(async () => {
        const copies = names.map((name) => [name, new Map(shelves.get(name))] as const)
        const given = copies.map(([name, rows]) => [name, tableOver(rows, specOf(tables, name))])
        const value = await work(Object.fromEntries(given) as Tables<Rows>)
        if (mode === 'readwrite') shelves = new Map([...shelves, ...copies])
        return value
      }),
  }
}

function specOf(tables: DatabaseSpec['tables'], name: string): TableSpec {
  const spec = tables[name]
  if (spec === undefined) throw new RangeError(`no table ${name}`)
  return spec
}

function tableOver(rows: Map<string, AnyRow>, spec: TableSpec): Table<AnyRow> {
  const keyOf = (row: AnyRow): Key => partsOf(row, spec.key)
  const sorted = (wanted: (key: Key) => boolean): AnyRow[] =>
    [...rows.values()]
      .filter((row) => wanted(keyOf(row)))
      .sort((one, two) => compared(keyOf(one), keyOf(two)))
  return {
    get: async (key) => rows.get(JSON.stringify(key)),
    under: async (prefix) => sorted((key) => begins(key, prefix)),
    after: async (key, limit) => {
      const near = key.slice(0, -1)
      return sorted((each) => begins(each, near) && compared(each, key) > 0).slice(0, limit)
    },
    where: async (index, key) => {
      const path = spec.indexes?.[index] ?? []
      return sorted(() => true).filter((row) => compared(partsOf(row, path), key) === 0)
    },
    put: async (row) => void rows.set(JSON.stringify(keyOf(row)), row),
    delete: async (key) => void rows.delete(JSON.stringify(key)),
    deleteUnder: async (prefix) => {
      for (const row of sorted((key) => begins(key, prefix))) rows.delete(JSON.stringify(keyOf(row)))
    },
  }
}

function partsOf(row: AnyRow, path: readonly string[]): Key {
  return path.map((name) => row[name] as string | number)
}

function begins(key: Key, prefix: Key): boolean {
  return prefix.every((part, at) => key[at] === part)
}

/** As IndexedDB orders lists: part by part, numbers before texts, the shorter first. */
function compared(one: Key, two: Key): number {
  for (const [at, part] of one.entries()) {
    const other = two[at]
    if (other === undefined) return 1
    if (part === other) continue
    if (typeof part !== typeof other) return typeof part === 'number' ? -1 : 1
    return part < other ? -1 : 1
  }
  return one.length - two.length
}
