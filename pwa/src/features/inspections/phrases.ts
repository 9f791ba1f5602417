/** 我的常用语: an officer's own sentences, by the field they are for; sealed like all his own. */

import type { Store } from '@/store/types'

const MOST = 30

export async function keptPhrases(store: Store, field: string): Promise<readonly string[]> {
  return ((await store.kept(placeOf(field))) as readonly string[] | undefined) ?? []
}

/** Each once, the newest first, no more than can be looked through; answers what is kept. */
export async function keepPhrases(
  store: Store,
  field: string,
  phrases: readonly string[],
): Promise<readonly string[]> {
  const kept = [...new Set(phrases.map((each) => each.trim()))].filter(Boolean).slice(0, MOST)
  await store.keep(placeOf(field), kept)
  return kept
}

function placeOf(field: string): string {
  return `phrases/${field}`
}
