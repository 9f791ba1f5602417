/**
 * Receipts that were checked hold on after their dossier has gone from this phone: the enrolment has
 * ended, or the grant. While the dossier is here, it alone says what the server has.
 */

import { NotOpen } from '@/store'

import type { EvidencePorts } from './ports'
import type { Receipts } from './receipts'

export interface LastingReceipts extends Receipts {
  /** Brings to mind what was checked of a dossier that may be gone. */
  recall(dossier: string): Promise<void>
}

/** By record, UTC ms; kept under `evidence/received/<dossier>`. */
type Received = Readonly<Record<string, number>>

export function lastingReceipts({ store }: EvidencePorts, fresh: Receipts): LastingReceipts {
  /** By dossier, of the one enrolment that was open last. */
  const kept = new Map<string, Received>()
  let whose = ''

  const isHere = (dossier: string, record: string): boolean =>
    store.record(dossier, 'evidence', record) !== null

  const recall = async (dossier: string): Promise<void> => {
    const device = store.person()?.device ?? ''
    if (device !== whose) kept.clear()
    whose = device
    if (kept.has(dossier)) return
    kept.set(dossier, ((await store.kept(nameOf(dossier))) as Received | undefined) ?? {})
  }

  const note = async (dossier: string): Promise<void> => {
    const own = store.records(dossier, 'evidence').filter(({ device }) => device === whose)
    const good = own.flatMap(({ id }) => {
      const at = fresh.received(id)
      return at === null ? [] : [[id, at] as const]
    })
    const before = kept.get(dossier) ?? {}
    // What is here is judged anew: a restored server may have lost a file.
    const gone = Object.entries(before).filter(([record]) => !isHere(dossier, record))
    const received = Object.fromEntries([...gone, ...good])
    if (isSame(before, received)) return
    await store.keep(nameOf(dossier), received)
    kept.set(dossier, received)
  }

  const noteAll = async (): Promise<void> => {
    for (const dossier of store.dossiers()) {
      await recall(dossier)
      await note(dossier)
    }
  }

  return {
    recall,
    received: (record) => {
      const known = fresh.received(record)
      if (known !== null) return known
      const [dossier, received] = [...kept].find(([, each]) => record in each) ?? ['', {}]
      return isHere(dossier, record) ? null : (received[record] ?? null)
    },
    async judge() {
      const news = await fresh.judge()
      // Behind the lock it waits: the next opening judges again.
      await noteAll().catch(unlessLocked)
      return news
    },
  }
}

function unlessLocked(error: unknown): void {
  if (!(error instanceof NotOpen)) throw error
}

function isSame(one: Received, other: Received): boolean {
  const names = Object.keys(one)
  return names.length === Object.keys(other).length && names.every((name) => name in other)
}

function nameOf(dossier: string): string {
  return `evidence/received/${dossier}`
}
