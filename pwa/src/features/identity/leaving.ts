/** 退出登录: leaving takes the keys with it, so nothing may be here alone, in no tab. */

import type { Store } from '@/store'

import type { FilesOnlyHere } from './services'

/** Why one cannot leave now; nothing has changed. `count`: records and files on this phone only. */
export type Hindrance =
  | { readonly why: 'recording' }
  | { readonly why: 'only_here'; readonly count: number }

export interface Leaving {
  readonly store: Pick<Store, 'leave' | 'logout' | 'status' | 'unsentHere'>
  readonly files: Pick<FilesOnlyHere, 'left'>
  /** Whether any tab records. */
  readonly records: () => Promise<boolean>
}

/** Null: nothing stands in the way. */
export async function hindranceOf({ store, files, records }: Leaving): Promise<Hindrance | null> {
  if (await records()) return { why: 'recording' }
  const count = store.status().unsent + (await files.left()).length
  return count === 0 ? null : { why: 'only_here', count }
}

/** Null: the keys are gone and the session has ended. */
export async function leave(leaving: Leaving): Promise<Hindrance | null> {
  const { store } = leaving
  const hindrance = await hindranceOf(leaving)
  if (hindrance !== null) return hindrance
  // Another tab may have written in between.
  if (!(await store.leave())) return { why: 'only_here', count: await store.unsentHere() }
  await store.logout()
  return null
}
