/**
 * What is remembered on this phone, sealed, for the one officer of the enrolment: clauses cited and
 * words searched, newest first, and the articles he keeps at hand.
 */

import type { Store } from '@/store/types'

const CITED = 'law.cited'
const WORDS = 'law.words'
const FAVOURITES = 'law.favourites'
const MOST_CITED = 30
const MOST_FAVOURITES = 60
const MOST_WORDS = 6

export function cited(store: Store): Promise<readonly string[]> {
  return list(store, CITED)
}

export function searched(store: Store): Promise<readonly string[]> {
  return list(store, WORDS)
}

export async function noteCited(store: Store, citations: readonly string[]): Promise<void> {
  await store.keep(CITED, newest(citations, await cited(store), MOST_CITED))
}

export async function noteSearched(store: Store, words: string): Promise<void> {
  if (words.trim() === '') return
  await store.keep(WORDS, newest([words.trim()], await searched(store), MOST_WORDS))
}

export function favourites(store: Store): Promise<readonly string[]> {
  return list(store, FAVOURITES)
}

/** Puts an article among the favourites or takes it away; answers what they are now. */
export async function favour(store: Store, citation: string): Promise<readonly string[]> {
  const before = await favourites(store)
  const after = before.includes(citation)
    ? before.filter((one) => one !== citation)
    : newest([citation], before, MOST_FAVOURITES)
  await store.keep(FAVOURITES, after)
  return after
}

async function list(store: Store, name: string): Promise<readonly string[]> {
  return ((await store.kept(name)) as readonly string[] | undefined) ?? []
}

function newest(added: readonly string[], before: readonly string[], most: number): string[] {
  return [...new Set([...added, ...before])].slice(0, most)
}
