/** Whether this phone's officer has been asked to install; asked once, remembered on this phone. */

import type { Store } from '@/store'

const ASKED = 'install-asked'

export async function wasAsked(store: Store): Promise<boolean> {
  return (await store.kept(ASKED)) === true
}

export async function noteAsked(store: Store): Promise<void> {
  await store.keep(ASKED, true)
}
