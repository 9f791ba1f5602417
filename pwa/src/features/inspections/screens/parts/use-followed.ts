/** A value read from the store that follows it, and the time. */

import { computed, type ComputedRef, onScopeDispose, shallowRef } from 'vue'

import { useClock } from '@/adapters/use-clock'
import type { Store } from '@/store/types'
import { useStore } from '@/store/vue'

/** Reads again when the store has changed, or what `read` depends on. `now` in UTC ms. */
export function useFollowed<Value>(
  read: (store: Store, now: number) => Value,
): ComputedRef<Value> {
  const store = useStore()
  const clock = useClock()
  const turn = shallowRef(0)
  onScopeDispose(store.subscribe(() => (turn.value += 1)))
  return computed(() => {
    void turn.value
    return read(store, clock.now())
  })
}
