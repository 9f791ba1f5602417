/**
 * The only door to IndexedDB. Keys are always lists, so that everything that belongs to one owner
 * lies together and can be read or dropped by its first parts.
 */
import { type IDBPDatabase, type IDBPTransaction, openDB } from 'idb'

export type Key = readonly (string | number)[]

export interface TableSpec {
  readonly key: readonly string[]
  readonly indexes?: Readonly<Record<string, readonly string[]>>
}

/** What turns the rows of one version into those of the next, inside the upgrade's transaction. */
export type Step = (tables: Readonly<Record<string, Table<Record<string, unknown>>>>) => Promise<void>

/**
 * `tables` of a version: those that do not exist yet are made, nothing is ever dropped. `steps`: by
 * the version each leads to, in their order; a phone that skipped versions takes them one by one.
 */
export interface DatabaseSpec {
  readonly name: string
  readonly version: number
  readonly steps: Readonly<Record<number, Step>>
  readonly tables: Readonly<Record<string, TableSpec>>
}

export interface Table<Row> {
  get(key: Key): Promise<Row | undefined>
  /** Rows whose key begins with these parts, ascending. */
  under(prefix: Key): Promise<Row[]>
  /** At most `limit` rows after `key` that share all its parts but the last, ascending. */
  after(key: Key, limit: number): Promise<Row[]>
  /** Rows found by an index of the table. */
  where(index: string, key: Key): Promise<Row[]>
  put(row: Row): Promise<void>
  delete(key: Key): Promise<void>
  deleteUnder(prefix: Key): Promise<void>
}

export type Tables<Rows> = { readonly [Name in keyof Rows]: Table<Rows[Name]> }

export interface Database<Rows> {
  /**
   * One transaction: all of `work` or nothing. Await nothing in it but its own tables, or the
   * browser ends it early. A 'readwrite' has reached the disk when it resolves.
   */
  run<Value>(
    mode: 'readonly' | 'readwrite',
    names: readonly (keyof Rows & string)[],
    work: (tables: Tables<Rows>) => Promise<Value>,
  ): Promise<Value>
  close(): void
}

/** A newer version in another tab closes this one: its next transaction fails, the page reloads. */
export async function openDatabase<Rows>(spec: DatabaseSpec): Promise<Database<Rows>> {
  const database: IDBPDatabase = await openDB(spec.name, spec.version, {
    upgrade: async (opening, from, _to, transaction) => {
      makeTables(opening, spec)
      if (from > 0) await takeSteps(transaction, spec, from).catch(() => abandon(transaction))
    },
    blocking: () => database.close(),
  })
  return {
    close: () => database.close(),
    run: async (mode, names, work) => {
      const stores: readonly string[] = names
      const options = { durability: 'strict' } as const
      const transaction: AnyTransaction = database.transaction(stores, mode, options)
      const tables = Object.fromEntries(names.map((name) => [name, table(transaction, name)]))
      try {
        const value = await work(tables as Tables<Rows>)
        await transaction.done
        return value
      } catch (error) {
        abandon(transaction)
        throw error
      }
    },
  }
}

type AnyTransaction = IDBPTransaction<unknown, readonly string[], 'readonly' | 'readwrite'>

function makeTables(database: IDBPDatabase, { tables }: DatabaseSpec): void {
  for (const [name, { key, indexes }] of Object.entries(tables)) {
    if (database.objectStoreNames.contains(name)) continue
    const made = database.createObjectStore(name, { keyPath: [...key] })
    for (const [index, path] of Object.entries(indexes ?? {})) made.createIndex(index, [...path])
  }
}

type Upgrade = IDBPTransaction<unknown, string[], 'versionchange'>

/** A step that throws leaves the old version whole: the upgrade is one transaction. */
async function takeSteps(upgrade: Upgrade, { steps, version }: DatabaseSpec, from: number): Promise<void> {
  const transaction = upgrade as unknown as AnyTransaction
  const names = [...upgrade.objectStoreNames]
  const tables = Object.fromEntries(names.map((name) => [name, table<Record<string, unknown>>(transaction, name)]))
  for (let next = from + 1; next <= version; next += 1) await steps[next]?.(tables)
}

function table<Row>(transaction: AnyTransaction, name: string): Table<Row> {
  const store = transaction.objectStore(name)
  return {
    get: (key) => store.get([...key]),
    under: (prefix) => store.getAll(under(prefix)),
    after: (key, limit) =>
      store.getAll(IDBKeyRange.bound([...key], [...key.slice(0, -1), []], true, true), limit),
    where: (index, key) => store.index(index).getAll(IDBKeyRange.only([...key])),
    put: async (row) => void (await store.put?.(row)),
    delete: async (key) => void (await store.delete?.([...key])),
    deleteUnder: async (prefix) => void (await store.delete?.(under(prefix))),
  }
}

/** In the order of IndexedDB a list comes after every text and number. */
function under(prefix: Key): IDBKeyRange {
  return IDBKeyRange.bound([...prefix], [...prefix, []])
}

/** The transaction may have ended by itself, by the same error; both are one failure. */
function abandon(transaction: Pick<AnyTransaction, 'done' | 'abort'>): void {
  transaction.done.catch(() => undefined)
  try {
    transaction.abort()
  } catch {
    return
  }
}

/** What tabs that share a database tell each other; a tab does not hear itself. */
export interface Channel {
  post(message: unknown): void
  listen(listener: (message: unknown) => void): () => void
}

export function openChannel(name: string): Channel {
  const channel = new BroadcastChannel(name)
  return {
    post: (message) => channel.postMessage(message),
    listen: (listener) => {
      const hear = ({ data }: MessageEvent<unknown>): void => listener(data)
      channel.addEventListener('message', hear)
      return () => channel.removeEventListener('message', hear)
    },
  }
}
