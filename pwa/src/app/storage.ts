/** The store with everything it touches in a browser. */

import merge from '@contract/merge.json'

import type { Clock } from '@/adapters/clock'
import type { Http, Signal } from '@/adapters/http'
import { openChannel, openDatabase } from '@/adapters/idb'
import { randomBytes } from '@/adapters/random'
import { stretchAside } from '@/adapters/stretching'
import { createStore, PHONE_DATABASE, PIN_COST, type Rows, type Store, type StoreDeps } from '@/store'

/** The contract's version this app writes; it rises with every new field. */
export const SCHEMA = 1
const CHANNEL = 'anxun-store'

export const LOCKS: StoreDeps['locks'] = {
  request: async (name, work) => await navigator.locks.request(name, work),
}

export const TIMER: StoreDeps['timer'] = (ms, work) => {
  const timer = window.setTimeout(work, ms)
  return () => window.clearTimeout(timer)
}

export async function openStore(
  http: Http,
  signal: Signal,
  clock: Clock,
  memoryOnly: boolean,
): Promise<Store> {
  return createStore({
    idb: await openDatabase<Rows>(PHONE_DATABASE),
    http,
    clock,
    random: randomBytes,
    locks: LOCKS,
    subtle: crypto.subtle,
    channel: openChannel(CHANNEL),
    signal,
    timer: TIMER,
    table: merge as StoreDeps['table'],
    schema: SCHEMA,
    stretch: stretchAside,
    pinCost: PIN_COST,
    memoryOnly,
    onTrouble: (error) => console.error(error),
  })
}
