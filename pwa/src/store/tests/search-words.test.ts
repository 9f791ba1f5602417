/** Words searched for: in no address, and there again for who comes back. */

import { createApp, effectScope, type EffectScope } from 'vue'
import { createMemoryHistory, createRouter, type Router } from 'vue-router'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import type { Store } from '../index'
import { type SearchWords, useSearchWords } from '../search-words'
import { STORE } from '../vue'
import { newProfile, openEnrolling, PIN } from './phone'

const WORDS = '启明精细化工 张某'

let store: Store
let router: Router
let scope: EffectScope

beforeEach(async () => {
  store = await openEnrolling(newProfile())
  await store.enrol(PIN, '手机')
  scope = effectScope()
  router = createRouter({
    history: createMemoryHistory(),
    routes: ['/f/search', '/f/law/x'].map((path) => ({ path, component: { render: () => null } })),
  })
  await router.push('/f/search')
})
afterEach(() => {
  scope.stop()
  store.close()
})

/** The search of the screen that stands there. */
function search(): SearchWords {
  const app = createApp({})
  app.provide(STORE, store).use(router)
  const made = app.runWithContext(() => scope.run(useSearchWords))
  if (made === undefined) throw new Error('the scope has ended')
  return made
}

async function searched(words: string): Promise<string> {
  const { words: typed, note } = search()
  typed.value = words
  return note()
}

it('says no word in the address', async () => {
  const id = await searched(WORDS)
  expect(router.currentRoute.value.fullPath).toBe(`/f/search?words=${id}`)
  for (const word of WORDS.split(' ')) expect(id).not.toContain(word)
})

it('shows them again to who comes back, also after the lock', async () => {
  const id = await searched(WORDS)
  await router.push(`/f/law/x?words=${id}`)
  const marked = search()
  await vi.waitFor(() => expect(marked.words.value).toBe(WORDS))
  store.lock()
  await store.unlock(PIN)
  await router.push(`/f/search?words=${id}`)
  const again = search()
  await vi.waitFor(() => expect(again.words.value).toBe(WORDS))
})

it('begins empty where it is opened anew, and where nothing was typed', async () => {
  await searched(WORDS)
  await router.push('/f/search')
  expect(await searched(' ')).toBe('')
  expect(router.currentRoute.value.fullPath).toBe('/f/search')
})

it('keeps two searches of one way apart, and the same words once', async () => {
  const first = await searched('甲')
  await router.push('/f/search')
  const second = await searched('乙')
  expect(await searched('甲')).toBe(first)
  expect(second).not.toBe(first)
  await router.push(`/f/search?words=${second}`)
  const again = search()
  await vi.waitFor(() => expect(again.words.value).toBe('乙'))
})
