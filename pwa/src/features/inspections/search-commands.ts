/** What was opened from a search and what is kept at hand, sealed for the one officer. */

import type { Store } from '@/store/types'

import type { Line } from './search-views'

const RECENT = 'search.recent'
const FAVOURITES = 'search.favourites'
const KEYS = 'desk.keys'
const MOST_RECENT = 8
const MOST_FAVOURITES = 40

export function recentLines(store: Store): Promise<readonly Line[]> {
  return list(store, RECENT)
}

export function favouriteLines(store: Store): Promise<readonly Line[]> {
  return list(store, FAVOURITES)
}

export async function noteOpened(store: Store, line: Line): Promise<void> {
  await store.keep(RECENT, first(line, await recentLines(store)).slice(0, MOST_RECENT))
}

/** Puts a line among the favourites or takes it away; answers what they are now. */
export async function favourLine(store: Store, line: Line): Promise<readonly Line[]> {
  const before = await favouriteLines(store)
  const has = before.some((each) => isSame(each, line))
  const after = has ? before.filter((each) => !isSame(each, line)) : first(line, before)
  await store.keep(FAVOURITES, after.slice(0, MOST_FAVOURITES))
  return after
}

/** Whether the desk listens to its keys; so until it is turned off. */
export async function keysOn(store: Store): Promise<boolean> {
  return (await store.kept(KEYS)) !== false
}

export async function turnKeys(store: Store, on: boolean): Promise<void> {
  await store.keep(KEYS, on)
}

function first(line: Line, before: readonly Line[]): readonly Line[] {
  return [line, ...before.filter((each) => !isSame(each, line))]
}

function isSame(one: Line, other: Line): boolean {
  return one.kind === other.kind && one.id === other.id
}

async function list(store: Store, name: string): Promise<readonly Line[]> {
  return ((await store.kept(name)) as readonly Line[] | undefined) ?? []
}
