/** What other apps hand over leads to 收到的照片; a locked phone asks for the PIN first. */

import type { Router } from 'vue-router'

import { watchHanded } from '@/adapters/handed'
import type { Store } from '@/store'

export function receivePictures(router: Router, store: Store): void {
  watchHanded(
    () => store.gate() === 'open',
    () => void router.push({ name: 'field.received' }),
  )
}
