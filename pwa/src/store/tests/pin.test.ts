/** Wrong PINs: what they cost, and that the phone's clock, which anybody can set, buys nothing. */

import { afterAll, beforeAll, expect, test, vi } from 'vitest'

import type { Store } from '../index'
import { enrolledPhone, type EnrolledPhone } from './enrolled'
import { openStore, PIN } from './phone'
import { simulate, type Simulation } from './simulated'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const MINUTE = 60_000
const YEAR = 365 * 24 * 60 * MINUTE

let server: Simulation
beforeAll(() => {
  server = simulate()
})
afterAll(() => server.end())

/** Its page is closed; the server is out of reach. */
async function closed(): Promise<EnrolledPhone> {
  const phone = await enrolledPhone(server)
  phone.store.close()
  phone.reach.net = 'down'
  return phone
}

test('five wrong PINs cost a quarter of an hour, also after the page is closed', async () => {
  const { profile, reach } = await closed()
  const store = await openStore(profile, reach)
  for (const left of [4, 3, 2, 1]) {
    expect(await store.unlock('00000000')).toEqual({ ok: false, left, until: 0 })
  }
  const until = profile.wall.now + 15 * MINUTE
  expect(await store.unlock('00000000')).toEqual({ ok: false, left: 0, until })
  const fresh = await openStore(profile, reach)
  expect(await fresh.unlock(PIN)).toEqual({ ok: false, left: 0, until })
  profile.wall.now = until
  expect(await fresh.unlock('00000000')).toEqual({ ok: false, left: 4, until: 0 })
  expect(await fresh.unlock(PIN)).toEqual({ ok: true })
  fresh.lock()
  expect(await fresh.unlock('00000000')).toEqual({ ok: false, left: 4, until: 0 })
})

/** Wrong PINs as long as they are taken; when the next one is. */
async function wrong(store: Store): Promise<number> {
  for (;;) {
    const result = await store.unlock('00000000')
    if (!result.ok && result.until > 0) return result.until
  }
}

test('a clock set ahead makes each pause twice as long, until the right PIN', async () => {
  const { profile, reach } = await closed()
  const store = await openStore(profile, reach)
  for (const quarters of [1, 2, 4, 8]) {
    const until = await wrong(store)
    expect(until - profile.wall.now).toBe(quarters * 15 * MINUTE)
    profile.wall.now = until - 1
    expect(await store.unlock(PIN)).toEqual({ ok: false, left: 0, until })
    profile.wall.now = until
  }
  expect(await store.unlock(PIN)).toEqual({ ok: true })
  store.lock()
  expect((await wrong(store)) - profile.wall.now).toBe(15 * MINUTE)
})

test('setting the clock back and ahead again gives no more tries than setting it ahead', async () => {
  const { profile, reach } = await closed()
  const store = await openStore(profile, reach)
  const start = profile.wall.now
  let tries = 0
  for (let latest = start; latest < start + 60 * YEAR && tries < 200; ) {
    await wrong(store)
    tries += 5
    profile.wall.now = start
    const { until } = (await store.unlock('00000000')) as { until: number }
    profile.wall.now = latest = until
  }
  expect(tries).toBeLessThan(120)
})

test('a pause counted by a clock a year ahead is a quarter of an hour once it is right', async () => {
  const { profile, reach } = await closed()
  const store = await openStore(profile, reach)
  const start = profile.wall.now
  profile.wall.now = start + YEAR
  await wrong(store)
  profile.wall.now = start
  const until = start + 15 * MINUTE
  expect(await store.unlock(PIN)).toEqual({ ok: false, left: 0, until })
  profile.wall.now = until - 1
  expect(await store.unlock(PIN)).toEqual({ ok: false, left: 0, until })
  profile.wall.now = until
  expect(await store.unlock(PIN)).toEqual({ ok: true })
})
