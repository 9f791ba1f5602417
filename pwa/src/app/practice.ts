/** 练习一次检查: the same screens over a store and evidence that live in memory and end with it. */

import { type InjectionKey, type ShallowRef, shallowRef } from 'vue'

import type { PracticeDoor } from '@/features/identity/public'

import type { Own, Practice } from './practising'

export interface PracticeRoom extends PracticeDoor {
  /** Null: the officer works. */
  readonly running: Readonly<ShallowRef<Practice | null>>
  /** The screens stand over the officer's own store again; what was practised is let go of. */
  leave(): Promise<void>
}

export const ROOM: InjectionKey<PracticeRoom> = Symbol('practice room')

export function practiceRoom(own: Own): PracticeRoom {
  const running = shallowRef<Practice | null>(null)
  const leave = async (): Promise<void> => {
    const ended = running.value
    running.value = null
    if (ended !== null) await letGo(ended)
  }
  own.store.subscribe(() => {
    if (own.store.gate() !== 'open') leave().catch(onTrouble)
  })
  return {
    running,
    leave,
    begin: async () => {
      if (own.evidence.recorder.value.state !== 'off') return false
      // Seldom wanted, so not loaded before.
      const { begunPractice } = await import('./practising')
      running.value ??= await begunPractice(own, onTrouble)
      return true
    },
  }
}

/** A microphone left open is closed first; then nothing holds the bytes any more. */
async function letGo({ store, evidence, blobs }: Practice): Promise<void> {
  await evidence.stop(evidence.recorder.value.dossier)
  store.close()
  blobs.empty()
}

function onTrouble(error: unknown): void {
  console.error(error)
}
