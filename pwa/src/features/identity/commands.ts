/** What an officer settles about this phone for himself; sealed like all his own. */

import type { Store } from '@/store/types'

import { type Guided, UNGUIDED } from './guide'

const GUIDE = 'identity.guide'

export async function keepGuided(store: Store, guided: Guided): Promise<void> {
  await store.keep(GUIDE, guided)
}

export async function keptGuided(store: Store): Promise<Guided> {
  return { ...UNGUIDED, ...((await store.kept(GUIDE)) as Guided | undefined) }
}
