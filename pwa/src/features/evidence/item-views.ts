/** One file in words: what, who, when, where, its place in the custody, its receipt. */

import type { Claimed } from '@contract/records'

import type { Shown } from '@/store'
import type { Place } from '@/ui/signals'

import type { EvidenceItem } from './model'
import { runOf } from './rules'
import { sizeWords } from './views'

export interface Line {
  readonly title: string
  readonly note: string
}

const CHINA_MS = 8 * 3_600_000

/** `MM月DD日 HH:MM:SS` in China of UTC ms. */
export function momentOf(ms: number): string {
  const text = new Date(ms + CHINA_MS).toISOString()
  return `${Number(text.slice(5, 7))}月${Number(text.slice(8, 10))}日 ${text.slice(11, 19)}`
}

/** `HH:MM` in China of UTC ms. */
export function timeOf(ms: number): string {
  return new Date(ms + CHINA_MS).toISOString().slice(11, 16)
}

/** 「收据：12:09 服务器签收，本机核对一致」 */
export function receiptWords(received: number | null): string {
  if (received === null) return '还没有收据。之前本机不删。'
  return `${timeOf(received)} 服务器签收，本机核对一致`
}

/** `received`: UTC ms of a receipt that was checked here, else null. */
export function lineageOf(
  { id, values }: Shown<'evidence'>,
  officer: string,
  custody: readonly Shown<'custody'>[],
  received: number | null,
): readonly Line[] {
  const { captured = 0, bytes = 0, place, imported, claimed } = values
  const made = imported ? '导入' : '拍摄'
  const lines = [
    { title: made, note: `${momentOf(captured)} · ${officer}` },
    { title: '大小', note: sizeWords(bytes) },
    { title: '保管链', note: custodyWords(id, custody) },
    { title: '收据', note: receiptWords(received) },
    ...(claimed ? [{ title: '照片自称，未核实', note: claimWords(claimed) }] : []),
  ]
  if (!place) return lines
  const accuracy = Math.round((place.accuracy ?? 0) / 10)
  const note = `${degrees(place.lat)}，${degrees(place.lon)} ±${accuracy} m`
  return [...lines, { title: '定位', note }]
}

/** 「拍于 2026-11-03 14:05:09，在 43.96900，87.23400」 */
export function claimWords({ taken = '', place }: Claimed): string {
  const when = taken === '' ? '' : `拍于 ${taken}`
  const where = place ? `在 ${degrees(place.lat)}，${degrees(place.lon)}` : ''
  return [when, where].filter(Boolean).join('，')
}

/** 1e-7 degree as degrees. */
function degrees(units: number): string {
  return (units / 1e7).toFixed(5)
}

/** Its number, and how many this phone has numbered in the run. */
export function custodyWords(record: string, custody: readonly Shown<'custody'>[]): string {
  const act = custody.find(({ values }) => {
    return values.act === 'captured' && values.evidence === record
  })
  if (act === undefined) return '还没编号'
  const run = custody.filter(({ id }) => runOf(id) === runOf(act.id))
  return `第 ${act.values.n ?? 0} 号，共 ${run.length} 号`
}

export function placeOf({ place, percent }: EvidenceItem): Place {
  if (place === 'sending') return { at: 'sending', percent }
  return { at: place === 'server' ? 'server' : 'only_local' }
}
