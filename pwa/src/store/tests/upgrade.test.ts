/** What a phone of the first version wrote is opened by this one, and by every later one. */
import 'fake-indexeddb/auto'

import { deleteDB, openDB } from 'idb'
import { beforeEach, expect, test } from 'vitest'

import { type DatabaseSpec, openDatabase, type Step } from '@/adapters/idb'

import { ALL_TABLES, PHONE_DATABASE, type Rows } from '../database'

/** The layout of version 1 as it was written then; never changed, whatever PHONE_DATABASE becomes. */
const FIRST: Readonly<Record<string, { key: string[]; indexes?: Record<string, string[]> }>> = {
  enrolment: { key: ['device'] },
  device: { key: ['device'] },
  own: { key: ['device', 'epoch', 'n'], indexes: { open: ['device', 'open'] } },
  dossier: { key: ['device', 'dossier'] },
  chunk: { key: ['device', 'dossier', 'chunk'] },
  key: { key: ['device', 'name'] },
  lease: { key: ['device', 'kind', 'year', 'first'] },
  kept: { key: ['device', 'name'] },
}
const SEALED = new Uint8Array([1, 2, 3])
const ROWS: Readonly<Record<string, object>> = {
  enrolment: { device: 'abcdefghijkl', failed: 0, until: 0, used: 7 },
  device: { device: 'abcdefghijkl', timeline: 't', time: null, runs: [], generation: 3 },
  own: { device: 'abcdefghijkl', epoch: 1, n: 1, open: 1, refused: null, sealed: SEALED },
  dossier: { device: 'abcdefghijkl', dossier: 'd', seq: 9 },
  chunk: { device: 'abcdefghijkl', dossier: 'd', chunk: 'c', sealed: SEALED },
  key: { device: 'abcdefghijkl', name: 'own', wrapped: SEALED },
  lease: { device: 'abcdefghijkl', kind: 'k', year: 2026, first: 1, live: true },
  kept: { device: 'abcdefghijkl', name: 'inbox', sealed: SEALED },
}

async function writtenByTheFirst(name: string): Promise<void> {
  const old = await openDB(name, 1, {
    upgrade(opening) {
      for (const [table, { key, indexes }] of Object.entries(FIRST)) {
        const made = opening.createObjectStore(table, { keyPath: key })
        for (const [index, path] of Object.entries(indexes ?? {})) made.createIndex(index, path)
      }
    },
  })
  for (const [table, row] of Object.entries(ROWS)) await old.put(table, row)
  old.close()
}

const next = (steps: Record<number, Step>, version = 2): DatabaseSpec => ({
  name: 'later',
  version,
  steps,
  tables: { kept: { key: ['device', 'name'] }, fresh: { key: ['id'] } },
})

beforeEach(async () => {
  await deleteDB(PHONE_DATABASE.name)
  await deleteDB('later')
})

test('every row of the first version is there, by key and by index', async () => {
  await writtenByTheFirst(PHONE_DATABASE.name)
  const database = await openDatabase<Rows>(PHONE_DATABASE)
  const found = await database.run('readonly', ALL_TABLES, async (tables) => ({
    own: await tables.own.where('open', ['abcdefghijkl', 1]),
    kept: await tables.kept.get(['abcdefghijkl', 'inbox']),
    lease: await tables.lease.under(['abcdefghijkl', 'k', 2026]),
    dossier: await tables.dossier.under(['abcdefghijkl']),
    device: await tables.device.get(['abcdefghijkl']),
  }))
  database.close()
  expect(found).toEqual({
    own: [ROWS['own']],
    kept: ROWS['kept'],
    lease: [ROWS['lease']],
    dossier: [ROWS['dossier']],
    device: ROWS['device'],
  })
})

test('a phone that skipped versions takes each step, in order', async () => {
  await writtenByTheFirst('later')
  const say =
    (word: string): Step =>
    async ({ kept }) => {
      for (const row of (await kept?.under([])) ?? []) {
        await kept?.put({ ...row, said: `${(row['said'] as string | undefined) ?? ''}${word}` })
      }
    }
  const database = await openDatabase<{ kept: object; fresh: object }>(
    next({ 1: say('not'), 2: say('two '), 3: say('three') }, 3),
  )
  const kept = await database.run('readonly', ['kept', 'fresh'], (tables) => tables.kept.under([]))
  database.close()
  expect(kept).toEqual([{ ...ROWS['kept'], said: 'two three' }])
})

test('a new phone takes no steps', async () => {
  const step: Step = () => Promise.reject(new Error('nothing to turn'))
  const database = await openDatabase<{ fresh: object }>(next({ 2: step }))
  expect(await database.run('readonly', ['fresh'], ({ fresh }) => fresh.under([]))).toEqual([])
  database.close()
})

test('a step that fails leaves the old version as it was', async () => {
  await writtenByTheFirst('later')
  const step: Step = async ({ kept }) => {
    await kept?.deleteUnder([])
    throw new RangeError('cannot be turned')
  }
  await expect(openDatabase(next({ 2: step }))).rejects.toThrow()
  const old = await openDB('later')
  expect([old.version, await old.getAll('kept')]).toEqual([1, [ROWS['kept']]])
  old.close()
})
