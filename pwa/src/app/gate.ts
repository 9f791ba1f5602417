/** Which screen must come first: log in, give the PIN, or go on to where one was going. */

import type { RouteLocationNormalized, RouteLocationRaw, Router } from 'vue-router'

import { isDesk } from '@/adapters/desk'
import type { Person, Store } from '@/store'

import { reaches } from './reach'

/** Nobody stays here: the gate says where a person belongs. */
export const HOME = 'home'

const OPEN_TO_ALL = new Set(['login', 'enrol', 'lock', 'setup'])
/** Behind a password: whoever finds the phone must not make a PIN of his own for it. */
const AFTER_LOGIN = 'enrol'
/** What is left to do on a phone whose enrolment has ended; where its data is, it says too. */
const AFTER_THE_END = 'revoked'
/** Open at any gate, and left by going back. */
const ALWAYS = new Set(['setup', 'help', 'fault'])

/** The first screen of a role: at a desk the board; an administrator is led to no case. */
export function landing(person: Person | null, desk: boolean): RouteLocationRaw {
  if (person?.roles.includes('R14')) return { name: 'desk.people' }
  return { name: desk ? 'desk.board' : 'field.today' }
}

/** Null: the way is free. */
export function detour(
  store: Store,
  to: RouteLocationNormalized,
  desk: boolean,
): RouteLocationRaw | null {
  const gate = store.gate()
  const name = String(to.name ?? HOME)
  if (ALWAYS.has(name)) return null
  if (name === AFTER_LOGIN && gate !== 'open' && !store.mayEnrol()) return { name: 'login' }
  if (gate === 'lease_over' && store.status().revoked) {
    return name === AFTER_THE_END || OPEN_TO_ALL.has(name) ? null : { name: AFTER_THE_END }
  }
  if (gate === 'open' || gate === 'lease_over') {
    const person = store.person()
    const here = name !== HOME && !OPEN_TO_ALL.has(name) && reaches(person?.roles ?? [], name)
    return here ? null : landing(person, desk)
  }
  const wanted = gate === 'empty' ? 'login' : 'lock'
  if (name === wanted || OPEN_TO_ALL.has(name)) return null
  return { name: wanted, query: name === HOME ? {} : { to: to.fullPath } }
}

/** Also leads to the lock when the store locks by itself, and away when the enrolment ends. */
export function keepGate(router: Router, store: Store): void {
  router.beforeEach((to) => detour(store, to, isDesk()) ?? true)
  store.subscribe(() => {
    const here = router.currentRoute.value
    const way = detour(store, here, isDesk())
    const shut = store.gate() === 'locked' || store.status().revoked
    if (shut && way !== null) void router.replace(way)
  })
}
