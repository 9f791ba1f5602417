/** Which screen must come first: log in, give the PIN, or go on to where one was going. */

import type { RouteLocationNormalized, RouteLocationRaw, Router } from 'vue-router'

import type { Person, Store } from '@/store'

/** Nobody stays here: the gate says where a person belongs. */
export const HOME = 'home'

const OPEN_TO_ALL = new Set(['login', 'enrol', 'lock'])
/** Open at any gate, and left by going back. */
const ALWAYS = new Set(['help', 'fault'])
const DESK_FROM = '(min-width: 1024px)'

/** The first screen of a role: the detachment, the office and leaders at a desk see the board. */
export function landing(person: Person | null, desk: boolean): RouteLocationRaw {
  if (person?.roles.includes('R14')) return { name: 'desk.board' }
  return { name: desk ? 'desk.board' : 'field.today' }
}

export function isDesk(): boolean {
  return window.matchMedia(DESK_FROM).matches
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
  if (gate === 'open' || gate === 'lease_over') {
    return name === HOME || OPEN_TO_ALL.has(name) ? landing(store.person(), desk) : null
  }
  const wanted = gate === 'empty' ? 'login' : 'lock'
  if (name === wanted || OPEN_TO_ALL.has(name)) return null
  return { name: wanted, query: name === HOME ? {} : { to: to.fullPath } }
}

/** Also leads to the lock when the store locks by itself. */
export function keepGate(router: Router, store: Store): void {
  router.beforeEach((to) => detour(store, to, isDesk()) ?? true)
  store.subscribe(() => {
    const here = router.currentRoute.value
    const way = detour(store, here, isDesk())
    if (store.gate() === 'locked' && way !== null) void router.replace(way)
  })
}
