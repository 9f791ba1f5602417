/**
 * Words searched for, found again on coming back. They lie sealed; the address, which the browser
 * keeps in clear, has only the number they lie under.
 */

import { type Ref, ref } from 'vue'
import { useRoute, useRouter } from 'vue-router'

import type { Store } from './types'
import { useStore } from './vue'

export interface SearchWords {
  readonly words: Ref<string>
  /** Before the screen is left; answers the number for the address of the next, '' for no words. */
  note(): Promise<string>
}

interface Noted {
  readonly id: number
  readonly words: string
}

const PLACE = 'search.words'
const MOST = 20

/** Those the address names, where it does. */
export function useSearchWords(): SearchWords {
  const store = useStore()
  const route = useRoute()
  const router = useRouter()
  const words = ref('')
  void recall(store, String(route.query.words ?? '')).then((found) => {
    if (words.value === '') words.value = found
  })
  async function note(): Promise<string> {
    const id = await noteWords(store, words.value)
    await router.replace({ query: { ...route.query, words: id || undefined } })
    return id
  }
  return { words, note }
}

async function noteWords(store: Store, words: string): Promise<string> {
  if (words.trim() === '') return ''
  const before = await noted(store)
  const same = before.find((each) => each.words === words)
  const id = same?.id ?? (before[0]?.id ?? 0) + 1
  if (!same) await store.keep(PLACE, [{ id, words }, ...before].slice(0, MOST))
  return `${id}`
}

/** Empty where so many were searched for since that they are let go of. */
async function recall(store: Store, id: string): Promise<string> {
  if (id === '') return ''
  return (await noted(store)).find((each) => `${each.id}` === id)?.words ?? ''
}

async function noted(store: Store): Promise<readonly Noted[]> {
  return ((await store.kept(PLACE)) as readonly Noted[] | undefined) ?? []
}
