/** A practice begun: its store and its evidence, with the papers of a real visit. */

import merge from '@contract/merge.json'

import type { Clock } from '@/adapters/clock'
import { NO_SERVER, type Signal } from '@/adapters/http'
import { type MemoryBlobs, memoryBlobs } from '@/adapters/memory-blobs'
import { failed } from '@/adapters/outcome'
import { randomBytes } from '@/adapters/random'
import { dayOf } from '@/features/deadlines/public'
import type { EvidenceService } from '@/features/evidence/public'
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

/** There is nothing to try again for, and nobody listens once it has ended. */
const NO_SIGNAL: Signal = { present: () => false, onHint: () => () => undefined }

export async function begunPractice(
  { store: real, clock }: Own,
  onTrouble: (error: unknown) => void,
): Promise<Practice> {
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
  const alone = { store, clock, blobs, send, http: NO_SERVER, signal: NO_SIGNAL }
  return { store, blobs, evidence: evidenceOf(alone) }
}
