/** What other features and the app may use of evidence. */

export { NotKept } from './model'
export type {
  EvidenceItem,
  EvidencePlace,
  PhotoOrigin,
  RecorderState,
  RecorderView,
  RecoveredRecording,
  Room,
} from './model'
export { default as VisitRecorder } from './screens/field/VisitRecorder.vue'
export { createEvidence } from './service'
export type { EvidencePorts } from './service/ports'
export { EVIDENCE, useEvidence, type EvidenceService } from './service-key'
