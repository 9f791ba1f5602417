/** 收据 of the server: believed only after this phone has checked signature, hash and size. */

import type { Shown } from '@/store'

import { isFor, isHonoured, receiptText } from '../rules'
import type { EvidencePorts } from './ports'

export interface Receipts {
  /** UTC ms when the server received the evidence; null without a good receipt. */
  received(record: string): number | null
  /** Checks what has come since. True where a new one holds. */
  judge(): Promise<boolean>
}

export function receiptsOf({ store, verify }: EvidencePorts): Receipts {
  const good = new Map<string, number>()
  /** Receipts looked at, with the evidence each is for. */
  const judged = new Map<string, string>()

  const holds = async (dossier: string, receipt: Shown<'receipt'>): Promise<boolean> => {
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
  const forgetLost = (): boolean => {
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
    received: (record) => good.get(record) ?? null,
    async judge() {
      let news = forgetLost()
      for (const dossier of store.dossiers()) {
        for (const receipt of store.records(dossier, 'receipt')) {
          if (judged.has(receipt.id) || !(await holds(dossier, receipt))) continue
          good.set(receipt.values.evidence ?? '', receipt.values.received ?? 0)
          news = true
        }
      }
      return news
    },
  }
}
