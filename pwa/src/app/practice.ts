/** 练习一次检查: the same screens over a store and evidence that live in memory and end with it. */

import merge from '@contract/merge.json'
import { type InjectionKey, type ShallowRef, shallowRef } from 'vue'

import type { Clock } from '@/adapters/clock'
import type { Signal } from '@/adapters/http'
import { type MemoryBlobs, memoryBlobs } from '@/adapters/memory-blobs'
import { failed } from '@/adapters/outcome'
import { randomBytes } from '@/adapters/random'
import { dayOf } from '@/features/deadlines/public'
import type { EvidenceService } from '@/features/evidence/public'
import type { PracticeDoor } from '@/features/identity/public'
import { practiceRegisters } from '@/features/inspections/public'
import type { Store, StoreDeps } from '@/store'
import { openPractice } from '@/store/practice'

import { evidenceOf } from './evidence'
import { PAPER_TABLE } from './papers'
import { SCHEMA } from './storage'

/** The officer's own, which practice only borrows from. */
export interface Own {
  readonly store: Store
  readonly clock: Clock
  readonly evidence: EvidenceService
}

export interface Practice {
  readonly store: Store
  readonly evidence: EvidenceService
  readonly blobs: MemoryBlobs
}

export interface PracticeRoom extends PracticeDoor {
  /** Null: the officer works. */
  readonly running: Readonly<ShallowRef<Practice | null>>
  /** The screens stand over the officer's own store again; what was practised is let go of. */
  leave(): Promise<void>
}

export const ROOM: InjectionKey<PracticeRoom> = Symbol('practice room')

/** There is nothing to try again for, and nobody listens once it has ended. */
const NO_SIGNAL: Signal = { present: () => false, onHint: () => () => undefined }

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
      running.value ??= await begun(own)
      return true
    },
  }
}

async function begun({ store: real, clock }: Own): Promise<Practice> {
  const person = real.person()
  if (person === null) throw new Error('nobody is here to practise')
  const today = dayOf(clock.now())
  const table = merge as StoreDeps['table']
  const store = await openPractice({
    real,
    lent: practiceRegisters(real, person, today),
    kinds: Object.keys(PAPER_TABLE),
    year: Number(today.slice(0, 4)),
    devices: { clock, random: randomBytes, subtle: crypto.subtle, table, schema: SCHEMA, onTrouble },
  })
  const blobs = memoryBlobs(() => clock.now())
  const send = async () => failed({ code: 'aborted' } as const)
  return { store, blobs, evidence: evidenceOf({ store, clock, blobs, send, signal: NO_SIGNAL }) }
}

/** A microphone left open is closed first; then nothing holds the bytes any more. */
async function letGo({ store, evidence, blobs }: Practice): Promise<void> {
  if (evidence.recorder.value.state !== 'off') await evidence.stop()
  store.close()
  blobs.empty()
}

function onTrouble(error: unknown): void {
  console.error(error)
}
