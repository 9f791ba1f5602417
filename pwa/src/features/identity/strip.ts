/** The status strip in components. */

import { computed, type ComputedRef } from 'vue'

import { useStatus } from '@/store/vue'
import type { Strip } from '@/ui/strip'

import { stripFrom, timeOf } from './views'

/** What the strip says now. `files`: evidence still to be sent, where the screen knows. */
export function useStrip(files: () => number = () => 0): ComputedRef<Strip> {
  const status = useStatus()
  return computed(() => {
    const contact = status.value.lastContact
    return stripFrom(status.value, files(), contact === 0 ? '' : timeOf(contact))
  })
}
