/** What a desk asks after its session has ended (SN12), against a real store and the real sync service. */

import { afterAll, beforeAll, expect, test, vi } from 'vitest'

import type { Http } from '@/adapters/http'
import type { Store } from '@/store'
import { newProfile, openStore, PIN, serverPair } from '@/store/tests/phone'
import { type Reach, simulate, type Simulation } from '@/store/tests/simulated'

import { renewing } from './renewing'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const ME = { method: 'GET', path: '/api/v1/me' } as const

let server: Simulation
let key: string

beforeAll(async () => {
  server = simulate()
  await server.ask('reset', { seed: 11 })
  key = (await serverPair()).public
})
afterAll(() => server.end())

async function desk(): Promise<{ reach: Reach; store: Store; http: Http }> {
  const reach = server.reach({ hpke_public: key, sign_public: key })
  const store = await openStore(newProfile(), reach)
  await store.login('of_1', 'a password')
  await store.enrol(PIN, 'desk')
  await store.sync()
  return { reach, store, http: renewing(reach, store) }
}

test('a question whose session has ended is answered all the same', async () => {
  const { reach, http } = await desk()
  reach.officer = null
  expect((await http.send(ME)).status).toBe(200)
})

test('a closed enrolment is known at the next question, and nothing is asked after it', async () => {
  const { reach, store, http } = await desk()
  await server.ask('revoke_enrolment', { device: store.person()?.device })
  reach.officer = null
  await http.send(ME)
  expect(store.status().revoked).toBe(true)
  const asked = reach.requests.length
  await store.sync()
  expect(reach.requests.length).toBe(asked)
})
