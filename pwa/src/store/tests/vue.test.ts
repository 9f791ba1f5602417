import { createApp, effectScope, type EffectScope, nextTick, ref } from 'vue'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'

import { STORE, useGate, useRecords, useStatus } from '../vue'
import { newProfile, openStore, PIN, serverPair } from './phone'
import { simulate, type Simulation } from './simulated'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let server: Simulation
const scope: EffectScope = effectScope()

beforeAll(() => {
  server = simulate()
})

afterAll(() => {
  scope.stop()
  server.end()
})

test('a component’s records follow the store, the dossier asked for, and the lock', async () => {
  const [one, two] = [await office(), await office()]
  const { public: key } = await serverPair()
  const store = await openStore(newProfile(), server.reach({ hpke_public: key, sign_public: key }))
  await store.login('of_1', 'a password')
  await store.enrol(PIN, 'phone')
  await store.sync()

  const app = createApp({})
  app.provide(STORE, store)
  const dossier = ref(one)
  const { findings, gate, status } = app.runWithContext(() =>
    inScope(() => ({
      findings: useRecords(dossier, 'finding'),
      gate: useGate(),
      status: useStatus(),
    })),
  )
  expect([findings.value, gate.value, status.value.unsent]).toEqual([[], 'open', 0])

  await store.append([{ dossier: one, entity: 'finding', fields: { problem: '甲' } }])
  await nextTick()
  expect(findings.value.map(({ values }) => values.problem)).toEqual(['甲'])
  expect(status.value.unsent).toBe(1)
  dossier.value = two
  expect(findings.value).toEqual([])
  dossier.value = one
  store.lock()
  await nextTick()
  expect([findings.value, gate.value]).toEqual([[], 'locked'])
})

function inScope<Value>(make: () => Value): Value {
  const made = scope.run(make)
  if (made === undefined) throw new Error('the scope has ended')
  return made
}

async function office(): Promise<string> {
  const { dossier } = await server.ask('open', { officers: ['of_1'] })
  return dossier as string
}
