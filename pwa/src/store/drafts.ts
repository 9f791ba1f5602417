/** Words typed and not yet sent off: kept sealed at each change, so that a kill or Back loses none. */

import { type Ref, ref, watch } from 'vue'

import { inOrder } from '@/adapters/in-order'

import { useStore } from './vue'

export interface Kept {
  readonly text: Ref<string>
  /** Once they stand in a record. */
  forget(): void
}

/** `name`: of the form and of what it is about; `first`: what stands there before anybody typed. */
export function useDraft(name: string, first = ''): Kept {
  const store = useStore()
  const lane = inOrder()
  const text = ref(first)
  const open = (): boolean => store.gate() === 'open'
  const place = `draft/${name}`
  if (open()) {
    void store.kept(place).then((kept) => {
      if (text.value === first && typeof kept === 'string') text.value = kept
    })
  }
  /** At once: the form may be gone by the next turn. */
  const note = (now: string): void => {
    if (open()) void lane(() => store.keep(place, now === first ? null : now))
  }
  watch(text, note, { flush: 'sync' })
  return { text, forget: () => (text.value = first) }
}
