/** The one evidence service of the app, and how screens get at it. */

import { inject, type InjectionKey, type Ref } from 'vue'

import type { Camera, CameraError } from '@/adapters/camera'
import type { Outcome } from '@/adapters/outcome'
import type { Place as Position, PlaceError } from '@/adapters/place'

import type {
  EvidenceItem,
  LeftItem,
  Moment,
  PhotoOrigin,
  RecorderView,
  RecoveredRecording,
  Room,
} from './model'

export interface EvidenceService {
  readonly recorder: Readonly<Ref<RecorderView>>
  /** Goes on with the dossier's recording if an earlier page left one. */
  start(dossier: string): Promise<void>
  pause(reason: string): Promise<void>
  resume(): Promise<void>
  /** Resolves when what was recorded of the dossier is evidence; a recording of another goes on. */
  stop(dossier: string): Promise<void>
  /** A mark at this moment of the recording. */
  mark(words?: string): Promise<void>
  /** The officer has been told of the gaps so far; the custody keeps them. */
  gapsTold(): void
  /** Where the recording is now, ms of it; null while it is not recording. */
  position(): { readonly recording: string; readonly offset: number } | null
  /** For what is captured now and kept in its turn. */
  moment(): Moment
  /**
   * Resolves with the evidence record once hashed, encrypted and recorded; it is queued.
   * @throws NotKept where the phone cannot store it.
   */
  keepPhoto(dossier: string, jpeg: Blob, about: PhotoOrigin): Promise<string>
  keepPdf(dossier: string, pdf: Uint8Array, of: string): Promise<string>
  /** 作废 of a photo: it stays, the custody says why it does not count. */
  discard(dossier: string, record: string, reason: string): Promise<void>
  /** This phone's files of a dossier, and others' that the server holds; reactive. */
  items(dossier: string): readonly EvidenceItem[]
  /** How many files are on this phone only, the running recording among them; reactive. */
  onlyHere(): number
  /** This officer's files without a receipt, whichever tab made them; the folder is asked anew. */
  left(): Promise<readonly LeftItem[]>
  /** Object URL of a preview, cached; null while the file is on another phone only. */
  image(record: string): Promise<string | null>
  /** Ends this phone's custody run (S1-4c): later an omission would show. */
  closeRuns(dossier: string): Promise<void>
  /** After a kill: takes up what the files hold. Empty where nothing was left over. */
  recover(): Promise<readonly RecoveredRecording[]>
  /** Begins to send what is here and goes on by itself; safe to call at any time. */
  upload(): Promise<void>
  /** 先传这个. */
  raise(record: string): Promise<void>
  /** Audio goes by any network, not only by Wi-Fi. */
  readonly anyNetwork: Readonly<Ref<boolean>>
  useAnyNetwork(): Promise<void>
  /** Whether the network now is paid by the byte. */
  metered(): boolean
  /** When the server received it (UTC ms) by a receipt this phone has checked; else null. */
  receivedAt(record: string): number | null
  /** Files whose receipt this phone has checked. */
  freeable(): Room
  /** Removes exactly those. */
  free(): Promise<void>
  openCamera(): Promise<Outcome<Camera, CameraError>>
  locate(): Promise<Outcome<Position, PlaceError>>
}

/** The app provides the one evidence service under this key. */
export const EVIDENCE: InjectionKey<EvidenceService> = Symbol('evidence')

/** Throws where no app has provided it. */
export function useEvidence(): EvidenceService {
  const evidence = inject(EVIDENCE, null)
  if (evidence === null) throw new Error('no evidence service is provided')
  return evidence
}
