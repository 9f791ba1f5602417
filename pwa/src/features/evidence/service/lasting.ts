/**
 * Receipts that were checked hold on after their dossier has gone from this phone: the enrolment has
 * ended, or the grant. While the dossier is here, it alone says what the server has.
 */

import { claimed } from './claiming'
import type { LocalFile } from './files'
import { unlessLocked } from './locked'
import type { EvidencePorts } from './ports'
import type { Receipts } from './receipts'

export interface LastingReceipts extends Receipts {
  /** Brings to mind what was checked of a dossier that may be gone. */
  recall(dossier: string): Promise<void>
  /** Asks the server for the receipt of a file whose dossier is not here to bring it. */
  claim(file: LocalFile): Promise<void>
}

/** By record, UTC ms; kept under `evidence/received/<dossier>`. */
type Received = Readonly<Record<string, number>>

export function lastingReceipts(ports: EvidencePorts, fresh: Receipts): LastingReceipts {
  const { store } = ports
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
    if (!isSame(before, received)) await save(dossier, received)
  }

  const save = async (dossier: string, received: Received): Promise<void> => {
    await store.keep(nameOf(dossier), received)
    kept.set(dossier, received)
  }

  const add = async (dossier: string, record: string, at: number): Promise<void> => {
    await recall(dossier)
    await save(dossier, { ...kept.get(dossier), [record]: at })
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
    async claim(file) {
      const { dossier, record } = file
      if (store.person() === null || isHere(dossier, record)) return
      const at = await claimed(ports, file)
      if (at !== null) await add(dossier, record, at).catch(unlessLocked)
    },
    async judge() {
      const news = await fresh.judge()
      noteAll().catch(unlessLocked).catch(ports.onTrouble)
      return news
    },
  }
}

function isSame(one: Received, other: Received): boolean {
  const names = Object.keys(one)
  return names.length === Object.keys(other).length && names.every((name) => name in other)
}

function nameOf(dossier: string): string {
  return `evidence/received/${dossier}`
}
