/** 练习 over the officer's own store: nothing of it is found in his database, nothing is asked. */

import { webcrypto } from 'node:crypto'

import { describe, expect, it } from 'vitest'

import type { Http } from '@/adapters/http'
import { memoryDatabase } from '@/adapters/memory-database'
import { randomBytes } from '@/adapters/random'

import { ALL_TABLES, PHONE_DATABASE, type Rows } from '../database'
import type { Store } from '../index'
import { openPractice, PRACTICE_NUMBER } from '../practice'
import { mergeTable, newProfile, openProfile, openStore, PIN, type Profile, serverPair } from './phone'

const KIND = 'site_inspection_record'
const OPENING = {
  kind: 'inspection',
  bureau: 'b',
  section: 's',
  enterprise: { code: '练习代码', name: '练习企业' },
  reason: '练习',
}

/** Enrols one officer and then never answers; counts what it is asked. */
async function server(): Promise<Http & { asked: string[] }> {
  const { public: key } = await serverPair()
  const me = { officer: 'o', name: '李杰', bureau: 'b', section: 's', section_name: '科', section_kind: 'supervision', roles: ['R1'] }
  const enrolled = { device: 'ownownownown', epoch: 1, timeline: 't', hpke_key: 'k', hpke_public: key, sign_key: 'k', sign_public: key }
  const said: Record<string, object> = { '/api/v1/me': me, '/api/v1/enrolments': enrolled }
  const asked: string[] = []
  return {
    asked,
    listen: () => () => undefined,
    send: async ({ path }) => {
      asked.push(path)
      const body = said[path]
      return body === undefined
        ? { status: 0, timeline: null, text: '' }
        : { status: 200, timeline: 't', text: JSON.stringify(body) }
    },
  }
}

async function content(profile: Profile): Promise<string> {
  const idb = await openProfile(profile)
  const rows = await idb.run('readonly', ALL_TABLES, (tables) =>
    Promise.all(ALL_TABLES.map((name) => tables[name].under([]))),
  )
  idb.close()
  return JSON.stringify(rows, (_, value: unknown) => {
    return value instanceof Uint8Array ? [...value].join() : value
  })
}

function practise(real: Store): Promise<Store> {
  const clock = { now: () => 1_780_000_000_000, monotonic: () => 0, pageLife: 'test' }
  const onTrouble = (error: unknown): never => {
    throw error
  }
  const subtle = webcrypto.subtle as SubtleCrypto
  const devices = { clock, random: randomBytes, subtle, table: mergeTable, schema: 1, onTrouble }
  return openPractice({ real, lent: { enterprise: [{ id: 'x' }] }, kinds: [KIND], year: 2026, devices })
}

describe('a practice visit', () => {
  it('leaves the officer’s database, chain and requests as they were', async () => {
    const [profile, http] = [newProfile(), await server()]
    const real = await openStore(profile, http)
    await real.enrol(PIN, '手机')
    await real.sync()
    const [before, asked] = [await content(profile), http.asked.length]

    const practice = await practise(real)
    const dossier = await practice.open(OPENING)
    await practice.append([{ dossier, entity: 'finding', fields: { problem: '练习的问题' } }])
    await practice.keep('a draft', '练习的草稿')
    await practice.newDataKey('photo')
    await practice.sync()

    expect(practice.records(dossier, 'finding')[0]?.values.problem).toBe('练习的问题')
    expect(await practice.kept('a draft')).toBe('练习的草稿')
    practice.close()
    expect(practice.records(dossier, 'finding')).toEqual([])
    expect(real.dossiers()).toEqual([])
    expect(real.status().unsent).toBe(0)
    expect(await content(profile)).toBe(before)
    expect(http.asked).toHaveLength(asked)
    real.close()
  })

  it('takes no number: 练习 stands where it would', async () => {
    const real = await openStore(newProfile(), await server())
    await real.enrol(PIN, '手机')
    const practice = await practise(real)
    const dossier = await practice.open(OPENING)
    const id = await practice.takeNumber(dossier, KIND, 2026, 'draft')
    expect(id).not.toBeNull()
    const [number] = practice.records(dossier, 'number')
    expect(number?.values).toMatchObject({ text: PRACTICE_NUMBER, draft: 'draft' })
    expect(number?.values.serial).toBeUndefined()
    expect(practice.practice && !real.practice).toBe(true)
    practice.close()
    real.close()
  })

  it('shows what it was lent in place of the register, and the rest as it is', async () => {
    const real = await openStore(newProfile(), await server())
    await real.enrol(PIN, '手机')
    const practice = await practise(real)
    expect([...practice.register('enterprises', 'enterprise').rows.keys()]).toEqual(['x'])
    expect(practice.register('packs', 'pack')).toEqual(real.register('packs', 'pack'))
    practice.close()
    real.close()
  })
})

describe('a database in memory', () => {
  it('forgets what a failed transaction wrote', async () => {
    const database = memoryDatabase<Rows>(PHONE_DATABASE)
    const row = { device: 'd', name: 'n', sealed: new Uint8Array(1) }
    const failing = database.run('readwrite', ['kept'], async ({ kept }) => {
      await kept.put(row)
      throw new Error('no room')
    })
    await expect(failing).rejects.toThrow('no room')
    const left = await database.run('readonly', ['kept'], ({ kept }) => kept.under([]))
    expect(left).toEqual([])
  })

  it('finds rows by prefix, after a key, and by index, in the order of IndexedDB', async () => {
    const database = memoryDatabase<Rows>(PHONE_DATABASE)
    const own = (n: number, open: 0 | 1) => {
      return { device: 'd', epoch: 1, n, open, refused: null, sealed: new Uint8Array(1) }
    }
    await database.run('readwrite', ['own'], async (tables) => {
      for (const n of [10, 9, 2]) await tables.own.put(own(n, n === 9 ? 0 : 1))
    })
    await database.run('readonly', ['own'], async (tables) => {
      const ns = (rows: { n: number }[]): number[] => rows.map(({ n }) => n)
      expect(ns(await tables.own.under(['d']))).toEqual([2, 9, 10])
      expect(ns(await tables.own.after(['d', 1, 2], 1))).toEqual([9])
      expect(ns(await tables.own.where('open', ['d', 1]))).toEqual([2, 10])
      await tables.own.deleteUnder(['d', 1])
      expect(await tables.own.get(['d', 1, 2])).toBeUndefined()
    })
  })
})
