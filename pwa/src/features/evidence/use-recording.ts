/** Whether this phone records a visit, paused or broken off as it may be. */

import { computed, type ComputedRef } from 'vue'

import { useEvidence } from './service-key'

export function useRecordingOf(dossier: () => string): ComputedRef<boolean> {
  const { recorder } = useEvidence()
  return computed(() => recorder.value.dossier === dossier() && recorder.value.state !== 'off')
}
