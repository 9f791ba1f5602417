/** The search of everything, following what is typed and what this device holds. */

import { computed, type ComputedRef, type Ref } from 'vue'

import { useClock } from '@/adapters/use-clock'
import { dayOf } from '@/features/deadlines/public'
import { useLibrary } from '@/features/law/public'
import { useRegister } from '@/store/vue'

import { type Group, type Line, searchAll } from '../../search-views'

export function useSearch(
  query: Ref<string>,
  dossiers: ComputedRef<readonly Line[]>,
): ComputedRef<readonly Group[]> {
  const clock = useClock()
  const library = useLibrary()
  const enterprises = useRegister('enterprises', 'enterprise')
  const officers = useRegister('officers', 'officer')
  return computed(() =>
    searchAll(
      {
        enterprises: enterprises.value.rows.values(),
        officers: officers.value.rows.values(),
        library: library.value,
        dossiers: dossiers.value,
      },
      query.value,
      dayOf(clock.now()),
    ),
  )
}
