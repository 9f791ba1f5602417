/** The status strip in components. */

import { computed, type ComputedRef } from 'vue'

import { useStatus } from '@/store/vue'
import type { Strip } from '@/ui/strip'

import { useFilesOnlyHere } from './services'
import { stripFrom, timeOf } from './views'

/** What the strip says now, of records and of evidence alike. */
export function useStrip(): ComputedRef<Strip> {
  const status = useStatus()
  const files = useFilesOnlyHere()
  return computed(() => {
    const contact = status.value.lastContact
    return stripFrom(status.value, files.count(), contact === 0 ? '' : timeOf(contact))
  })
}
