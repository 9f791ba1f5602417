/** What of this officer's files has no receipt, counted anew whenever something of them has moved. */

import { type Ref, shallowRef, watchEffect } from 'vue'

import { type FileLeft, useFilesOnlyHere } from '../services'

/** Null until it has been counted. */
export function useFilesLeft(): Readonly<Ref<readonly FileLeft[] | null>> {
  const files = useFilesOnlyHere()
  const left = shallowRef<readonly FileLeft[] | null>(null)
  let counting = false
  let moved = false

  const count = async (): Promise<void> => {
    moved = counting
    if (counting) return
    counting = true
    left.value = await files.left().finally(() => (counting = false))
    if (moved) await count()
  }

  watchEffect(() => {
    files.count()
    void count()
  })
  return left
}
