import { onScopeDispose, watch } from 'vue'

import { keepAwake, type Wake } from './wake'

/** The screen stays on while `wanted` and the component is shown: a viewfinder, a recording. */
export function useAwake(wanted: () => boolean = () => true): void {
  let wake: Wake | undefined
  const release = (): void => {
    wake?.release()
    wake = undefined
  }
  watch(
    wanted,
    (on) => {
      release()
      if (on) wake = keepAwake('wakeLock' in navigator ? navigator.wakeLock : undefined)
    },
    { immediate: true },
  )
  onScopeDispose(release)
}
