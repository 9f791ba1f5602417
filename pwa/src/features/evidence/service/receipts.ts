/** 收据 of the server: believed only after this phone has checked signature, hash and size. */

import type { Shown } from '@/store'

import type { Whose } from '../author'
import { isFor, isHonoured, receiptText } from '../rules'
import type { EvidencePorts } from './ports'

/** What each officer's own dossiers say: a colleague need not carry them. */
export interface Receipts {
  /** UTC ms when the server received the evidence; null without a good receipt. */
  received(record: string): number | null
  /** Checks what has come since. True where a new one holds. */
  judge(): Promise<boolean>
}

interface Judged {
  readonly good: Map<string, number>
  /** Receipts looked at, with the evidence each is for. */
  readonly judged: Map<string, string>
}

export function receiptsOf({ store, verify }: EvidencePorts, whose: Whose): Receipts {
  const byDevice = new Map<string, Judged>()

  const own = (): Judged => {
    const { device } = whose()
    const known = byDevice.get(device) ?? { good: new Map(), judged: new Map() }
    byDevice.set(device, known)
    return known
  }

  const holds = async (
    { judged }: Judged,
    dossier: string,
    receipt: Shown<'receipt'>,
  ): Promise<boolean> => {
    const { values } = receipt
    const evidence = store.record(dossier, 'evidence', values.evidence ?? '')
    const key = store.register('keys', 'server_key').rows.get(values.key ?? '')
    // Either may still be on its way to this phone: asked again with the next news.
    if (evidence === null || key === undefined || key.use !== 'sign') return false
    judged.set(receipt.id, evidence.id)
    if (!isFor(values, evidence.id, evidence.values)) return false
    if (!isHonoured(key.withdrawn_on, values.received ?? 0)) return false
    return verify(key.public, receiptText(dossier, values), values.signature ?? '')
  }

  /** A restored server may lack the file and its receipt: then it is sent again. */
  const forgetLost = ({ good, judged }: Judged): boolean => {
    const there = new Set(
      store.dossiers().flatMap((one) => store.records(one, 'receipt').map(({ id }) => id)),
    )
    const lost = [...judged].filter(([receipt]) => !there.has(receipt))
    for (const [receipt, evidence] of lost) {
      judged.delete(receipt)
      good.delete(evidence)
    }
    return lost.length > 0
  }

  return {
    received: (record) => own().good.get(record) ?? null,
    async judge() {
      const known = own()
      let news = forgetLost(known)
      for (const dossier of store.dossiers()) {
        for (const receipt of store.records(dossier, 'receipt')) {
          if (known.judged.has(receipt.id)) continue
          if (!(await holds(known, dossier, receipt))) continue
          known.good.set(receipt.values.evidence ?? '', receipt.values.received ?? 0)
          news = true
        }
      }
      return news
    },
  }
}
