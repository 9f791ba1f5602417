/** A browser profile that was copied: two phones with one enrolment. Nobody’s words are lost. */

import { afterAll, beforeAll, expect, test, vi } from 'vitest'

import { PHONE_DATABASE, type Store } from '../index'
import { enrolledPhone } from './enrolled'
import { newProfile, openProfile, openStore, PIN, type Profile } from './phone'
import { simulate, type Simulation } from './simulated'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const ORDER = 'rectification_order'

let server: Simulation

beforeAll(() => {
  server = simulate()
})

afterAll(() => server.end())

test('SN4 CS11 the copy goes on under a new epoch, its unsent words signed anew', async () => {
  const { dossier, profile, reach, store } = await enrolledPhone(server)
  const [shared = ''] = await write(store, dossier, '复制之前')
  await store.sync()
  const numbered = store.leases().find(({ kind }) => kind === ORDER)
  reach.net = 'down'
  await write(store, dossier, '复制之前，没传')

  const copied = await copyOf(profile)
  const copy = await openStore(copied, reach)
  await copy.unlock(PIN)
  const fields = { problem: '原机改的', basis: { add: ['甲'] } }
  await store.append([{ dossier, entity: 'finding', id: shared, fields }])
  const [own = ''] = await write(copy, dossier, '副本写的')
  const second = { problem: '副本再写', basis: { add: ['乙'] } }
  await copy.append([{ dossier, entity: 'finding', id: own, fields: second }])

  reach.net = 'up'
  for (const each of [store, copy, store, copy]) await each.sync()
  for (const each of [store, copy]) {
    expect(each.status()).toMatchObject({ unsent: 0, held: 0, conflicts: 0 })
    const words = each.records(dossier, 'finding').map(({ values }) => values.problem)
    expect(words.sort()).toEqual(['原机改的', '副本再写', '复制之前，没传'].sort())
  }
  const log = (await server.ask('log', { dossier })) as { rows: { epoch: number }[] }
  const epochs = new Set(log.rows.map(({ epoch }) => epoch))
  expect(epochs.size).toBeGreaterThan(1)

  const other = copy.leases().find(({ kind }) => kind === ORDER)
  expect(other?.next).toBeGreaterThan(numbered?.last ?? 0)
  expect(store.leases().find(({ kind }) => kind === ORDER)?.next).toBe(numbered?.next)
})

function write(store: Store, dossier: string, problem: string): Promise<readonly string[]> {
  return store.append([{ dossier, entity: 'finding', fields: { problem } }])
}

async function copyOf(profile: Profile): Promise<Profile> {
  const copy = newProfile(profile.wall.now)
  const [from, to] = [await openProfile(profile), await openProfile(copy)]
  // Which table it is does not matter here: rows go over as they are.
  for (const name of Object.keys(PHONE_DATABASE.tables) as 'own'[]) {
    const rows = await from.run('readonly', [name], (tables) => tables[name].under([]))
    await to.run('readwrite', [name], async (tables) => {
      for (const row of rows) await tables[name].put(row)
    })
  }
  return copy
}
