/** What the app hands to the screens about this phone. */

import { inject, type InjectionKey } from 'vue'

import type { AppVersion } from '@/adapters/app-version'

import type { FaultLog } from './fault-log'

/** A file without a receipt. `kind`: photo, audio or pdf; '' = not known. */
export interface FileLeft {
  readonly kind: string
  /** `arrived`: whole at the server. `unrecorded`: no record tells of it, so it cannot be sent. */
  readonly at: 'phone' | 'arrived' | 'unrecorded'
  /** Why the server does not take it, in its words; '' = nothing hinders. */
  readonly refusal: string
}

export interface FilesOnlyHere {
  /** Evidence files on this phone only, the running recording among them; reactive. */
  count(): number
  /** This officer's files without a receipt, whichever tab made them; asked anew. */
  left(): Promise<readonly FileLeft[]>
  send(): Promise<void>
  /** From now on recordings too go by any network. */
  sendAll(): Promise<void>
}

/** What goes on being recorded behind the lock; nothing of the case it belongs to. */
export interface Behind {
  readonly state: 'recording' | 'paused' | 'stopped'
  readonly elapsedMs: number
}

/** Reactive; null while nothing is recorded. */
export const BEHIND_THE_LOCK: InjectionKey<() => Behind | null> = Symbol('behind the lock')
export const FILES_ONLY_HERE: InjectionKey<FilesOnlyHere> = Symbol('files only here')
/** 练习一次检查: what is written in it never leaves this phone's memory. */
export interface PracticeDoor {
  /** False, changing nothing, while something is being recorded. */
  begin(): Promise<boolean>
}

export const PRACTICE: InjectionKey<PracticeDoor> = Symbol('practice')
export const FAULT_LOG: InjectionKey<FaultLog> = Symbol('fault log')
export const APP_VERSION: InjectionKey<AppVersion> = Symbol('app version')

/** Throws where the app has provided none. */
export function useFilesOnlyHere(): FilesOnlyHere {
  const files = inject(FILES_ONLY_HERE, null)
  if (files === null) throw new Error('no evidence files are provided')
  return files
}

/** Throws where the app has provided none. */
export function usePracticeDoor(): PracticeDoor {
  const door = inject(PRACTICE, null)
  if (door === null) throw new Error('no practice is provided')
  return door
}

/** Throws where the app has provided none. */
export function useFaultLog(): FaultLog {
  const log = inject(FAULT_LOG, null)
  if (log === null) throw new Error('no fault log is provided')
  return log
}

/** Throws where the app has provided none. */
export function useAppVersion(): AppVersion {
  const version = inject(APP_VERSION, null)
  if (version === null) throw new Error('no app version is provided')
  return version
}
