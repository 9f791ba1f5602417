/** Prints and services of a paper in words. */

import type { PrintEntry, Service } from '@contract/records'

import { dayOf } from '@/features/deadlines/public'
import { dayWords } from '@/ui/date-words'

import type { ServiceWay } from './model'

/** In the order of the law: direct first (行政处罚法第六十一条; 民事诉讼法). */
export const WAYS: readonly { readonly value: ServiceWay; readonly label: string }[] = [
  { value: 'direct', label: '直接送达' },
  { value: 'leave', label: '留置送达' },
  { value: 'other', label: '他人代收' },
  { value: 'electronic', label: '电子送达' },
]

export interface LedgerLine {
  readonly title: string
  readonly note: string
}

const CHINA_MS = 8 * 3_600_000

export function printWords({ outcome, copies = 0, at = 0 }: PrintEntry): LedgerLine {
  const title =
    outcome === 'printed' ? `打印 ${copies} 份` : outcome === 'saved' ? '存 PDF，回局打' : '没打出来'
  return { title, note: momentWords(at, at) }
}

export function serviceWords({ way, recipient = '', words = '', at = 0 }: Service): LedgerLine {
  const title = WAYS.find(({ value }) => value === way)?.label ?? '送达'
  return { title, note: [recipient, words, momentWords(at, at)].filter(Boolean).join(' · ') }
}

/** 「9月18日 11:52」 in Asia/Shanghai, with the year only when it is not that of `now`. UTC ms. */
export function momentWords(at: number, now: number): string {
  return `${dayWords(dayOf(at), dayOf(now))} ${new Date(at + CHINA_MS).toISOString().slice(11, 16)}`
}
