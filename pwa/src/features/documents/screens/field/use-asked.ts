/**
 * 「纸打出来了吗？」 once the paper was handed to the system: asked until it is answered, over a
 * reload and a lock, for what lies on paper belongs into the ledger.
 */

import { type Ref, shallowRef } from 'vue'

import { inOrder } from '@/adapters/in-order'
import { useStore } from '@/store/vue'

export interface Asked {
  /** Handed over, and not answered yet. */
  readonly open: Readonly<Ref<boolean>>
  set(now: boolean): Promise<void>
}

export function useAsked(document: string): Asked {
  const store = useStore()
  const name = `print-asked/${document}`
  const lane = inOrder()
  const open = shallowRef(false)
  void store.kept(name).then((kept) => (open.value ||= kept === true))

  async function set(now: boolean): Promise<void> {
    open.value = now
    await lane(() => store.keep(name, now || null))
  }

  return { open, set }
}
