/** Reminders the phone gives itself. */

import { expect, test } from 'vitest'

import type { Notice } from '@/adapters/push'
import type { Store } from '@/store'

import { ringDue } from './ringing'

const HOUR = 3_600_000
const START = Date.UTC(2026, 8, 18, 4)
const DUE = START + 24 * HOUR

/** A phone with so many clocks of 24 hours, told 8 and 2 hours before the end. */
function phoneWith(clocks: number): Store {
  const kept = new Map<string, unknown>()
  const resolved = JSON.stringify({ unit: 'hour', lead_times: ['start+1h', 'due-8h', 'due-2h'] })
  const dates = { due_strict: '2026-09-19', due_rolled: '2026-09-19' }
  const ends = { due_strict_ms: DUE, due_rolled_ms: DUE }
  const values = { state: 'running', title: '补办审批', started: START, resolved, ...dates, ...ends }
  const records = (dossier: string, entity: string): readonly unknown[] =>
    entity === 'clock' ? [{ id: `clock.${dossier}`, dossier, values }] : []
  return {
    dossiers: () => Array.from({ length: clocks }, (_, at) => `d${at}`),
    records,
    register: () => ({ rows: new Map(), asOf: 0 }),
    kept: async (name: string) => kept.get(name),
    keep: async (name: string, value: unknown) => void kept.set(name, value),
  } as unknown as Store
}

function bell(allowed = true): { rung: Notice[]; ring: (notice: Notice) => Promise<boolean> } {
  const rung: Notice[] = []
  return { rung, ring: async (notice) => (rung.push(notice), allowed) }
}

test('a reminder rings once, and the next one again', async () => {
  const store = phoneWith(1)
  const { rung, ring } = bell()
  await ringDue(store, ring, START + HOUR / 2)
  expect(rung).toEqual([])
  await ringDue(store, ring, DUE - 8 * HOUR)
  await ringDue(store, ring, DUE - 3 * HOUR)
  expect(rung.map(({ body }) => body)).toEqual(['还剩 8 小时，打开查看'])
  await ringDue(store, ring, DUE - HOUR)
  expect(rung).toHaveLength(2)
  expect(rung[1]).toMatchObject({ title: '补办审批', url: '/#/f/v/d0' })
})

test('a notice of the phone takes the place of the server’s for the same clock', async () => {
  const { rung, ring } = bell()
  await ringDue(phoneWith(1), ring, DUE)
  expect(rung[0]?.tag).toBe('Ul66E4MOhwxwVyGq6dsYazIH6BIZOoIm')
})

test('what the officer does not allow is rung when he does', async () => {
  const store = phoneWith(1)
  await ringDue(store, bell(false).ring, DUE)
  const { rung, ring } = bell()
  await ringDue(store, ring, DUE)
  expect(rung).toHaveLength(1)
})

test('many are told together', async () => {
  const { rung, ring } = bell()
  await ringDue(phoneWith(4), ring, DUE)
  expect(rung).toMatchObject([{ title: '4 件期限提醒', url: '/#/f/due' }])
})
