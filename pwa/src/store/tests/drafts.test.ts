/** Words typed into a form that was never sent off, after the page is gone and the PIN is given. */

import { createApp, effectScope, type EffectScope, nextTick } from 'vue'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import { type Kept, useDraft } from '../drafts'
import type { Store } from '../index'
import { STORE } from '../vue'
import { newProfile, openEnrolling, PIN, type Profile } from './phone'

let profile: Profile
let store: Store
let scope: EffectScope

beforeEach(async () => {
  profile = newProfile()
  store = await openEnrolling(profile)
  await store.enrol(PIN, '手机')
  scope = effectScope()
})
afterEach(() => {
  scope.stop()
  store.close()
})

function form(name: string, first = ''): Kept {
  const app = createApp({})
  app.provide(STORE, store)
  const made = app.runWithContext(() => scope.run(() => useDraft(name, first)))
  if (made === undefined) throw new Error('the scope has ended')
  return made
}

async function killed(): Promise<void> {
  scope.stop()
  store.close()
  scope = effectScope()
  store = await openEnrolling(profile)
  await store.unlock(PIN)
}

async function kept(name: string, value: unknown): Promise<void> {
  await vi.waitFor(async () => expect(await store.kept(`draft/${name}`)).toEqual(value))
}

it('stands there again after a kill, for the same form only', async () => {
  form('void/1').text.value = '写错了企业名称'
  await kept('void/1', '写错了企业名称')
  await killed()
  const [same, other] = [form('void/1'), form('void/2')]
  await vi.waitFor(() => expect(same.text.value).toBe('写错了企业名称'))
  expect(other.text.value).toBe('')
})

it('is forgotten once it stands in a record', async () => {
  const written = form('served/1', '周启明')
  written.text.value = '门卫'
  await kept('served/1', '门卫')
  written.forget()
  await kept('served/1', null)
  expect(written.text.value).toBe('周启明')
})

it('never writes over what is typed while it is being fetched', async () => {
  await store.keep('draft/opening/1', '早先写的')
  const writing = form('opening/1')
  writing.text.value = '现在写的'
  await nextTick()
  await kept('opening/1', '现在写的')
  expect(writing.text.value).toBe('现在写的')
})
