/** The only door of the sync client. */

export { author, lastRun } from './author'
export type { Authored, Draft } from './author'
export { BodyError, clean } from './body'
export type { FieldDraft } from './body'
export { FIRST_PREV, headText, linkHash, linkText, signedText } from './chain'
export { compareHeads, effectiveTime, isTime, laterTime, nextTime } from './clock'
export type { Time } from './clock'
export { digestLines, digestOf } from './digest'
export type { Digest } from './digest'
export { equalJson, isArray, isObject, member } from './json'
export type { Json, JsonObject } from './json'
export { accept, acceptUnion, EMPTY, EMPTY_UNION, inConflict, shown } from './merge'
export type { Head, Register, UnionRegister } from './merge'
export { formatId, isDossierName, isName, isRecordName, readId } from './names'
export type { ChangesetId } from './names'
export { MAX_BODY_BYTES, parseBody, readBody, readUnion } from './parse'
export type { Changeset, FieldEdit, Parsed, UnionEdit } from './parse'
export type {
  ChainEnd,
  DeviceState,
  HeldDossier,
  OwnChangeset,
  Run,
  Signer,
  StopSignal,
  Store,
  SyncPorts,
  Unsettled,
  Wire,
} from './ports'
export { nextPush } from './push'
export { reissueAll } from './reissue'
export { addsOf, headsOf, recordView } from './replica'
export type { FieldView, HeadView, RecordView, Refused, Viewer } from './replica'
export { ruleOf } from './rules'
export type { EntityRule, FieldRule, MergeTable, RuleName } from './rules'
export {
  applyLine,
  applyRows,
  observedInLines,
  observedInRows,
  recordKey,
  ReplicaError,
} from './server_state'
export type { ServerField, ServerRecord } from './server_state'
export { syncOnce } from './session'
export type { Ending, SyncOptions, SyncReport } from './talk'
export type * from './wire'
export type { Run as PushRun } from './wire'
