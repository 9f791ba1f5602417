/** What other features and the app may use of evidence. */

import { inject, type InjectionKey } from 'vue'

import type { EvidenceService } from './model'

export { NotKept } from './model'
export type {
  EvidenceItem,
  EvidencePlace,
  EvidenceService,
  PhotoOrigin,
  RecorderState,
  RecorderView,
  RecoveredRecording,
  Room,
} from './model'
export { default as VisitRecorder } from './screens/field/VisitRecorder.vue'
export { createEvidence } from './service'
export type { EvidencePorts } from './service/ports'

/** The app provides the one evidence service under this key. */
export const EVIDENCE: InjectionKey<EvidenceService> = Symbol('evidence')

/** Throws where no app has provided it. */
export function useEvidence(): EvidenceService {
  const evidence = inject(EVIDENCE, null)
  if (evidence === null) throw new Error('no evidence service is provided')
  return evidence
}
