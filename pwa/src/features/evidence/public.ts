/** What other features and the app may use of evidence. */

export { importPhoto, sortPictures } from './importing'
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
export { notKeptWords, type Target, targetsOf, notPhotosWords } from './photo-views'
export { default as VisitRecorder } from './screens/field/VisitRecorder.vue'
export { createEvidence } from './service'
export type { EvidencePorts } from './service/ports'
export { EVIDENCE, useEvidence, type EvidenceService } from './service-key'
export { usePictures } from './use-pictures'
export { useRecordingOf } from './use-recording'
