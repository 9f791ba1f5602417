/** The library in components: cut once, and again only when the registers change. */

import { computed, type ComputedRef } from 'vue'

import { useRegister } from '@/store/vue'

import { type Known, type Library, libraryOf } from './views'

export function useLibrary(): ComputedRef<Library> {
  const packs = useRegister('packs', 'pack')
  const texts = useRegister('law', 'pack')
  const packRows = computed(() => packs.value.rows)
  const textRows = computed(() => texts.value.rows)
  return computed(() => libraryOf(packRows.value, textRows.value))
}

/** Every clause the item lists cite, duties first, then liabilities. */
export function useKnown(): ComputedRef<readonly Known[]> {
  const items = useRegister('items', 'item')
  const rows = computed(() => items.value.rows)
  return computed(() =>
    [...rows.value.values()].flatMap(({ basis, liability, title, content }) =>
      [...basis, ...(liability ?? [])].map((citation) => ({ citation, about: title + content })),
    ),
  )
}
