/** 证据 as the desk lists it: what it is, whose, when, and whether the server holds it yet. */

import type { Store } from '@/store/types'

import { momentWords } from './desk-views'
import type { Held, View } from './model'
import { byMaking, live } from './rules/view'

export interface EvidenceRow {
  readonly id: string
  readonly kind: 'photo' | 'audio' | 'other'
  /** 「照片 12」. */
  readonly title: string
  /** 「李㛃拍摄 · 9月18日 10:41」. */
  readonly origin: string
  readonly officer: string
  /** The server's signed receipt is in the dossier. */
  readonly arrived: boolean
  /** 「服务器收据 12:09 · 校验值 9f2c…e71b」; empty before. */
  readonly receipt: string
  /** 「服务器作证：9月18日 09:31 之后，12:09 之前」: the bounds no phone's clock can move. */
  readonly bounds: string
  readonly tags: readonly string[]
  readonly segment: Held<'evidence'>['segment']
}

const NAMES = { photo: '照片', audio: '录音', other: '文件' } as const

/** In the order of making, what was taken back included: it stays in the file. */
export function evidenceRows(store: Store, view: View, now: number): readonly EvidenceRow[] {
  const receipts = new Map(live(view, 'receipt').map((each) => [each.evidence, each]))
  const count = { photo: 0, audio: 0, other: 0 }
  return [...(view.evidence ?? [])].sort(byMaking).map((each) => {
    const kind = kindOf(each)
    count[kind] += 1
    const officer = store.register('officers', 'officer').rows.get(each.officer ?? '')?.name ?? ''
    const receipt = receipts.get(each.id)
    return {
      id: each.id,
      kind,
      title: `${NAMES[kind]} ${count[kind]}`,
      origin: [officer, momentWords(each.captured, now)].filter(Boolean).join(' · '),
      officer,
      arrived: receipt !== undefined,
      receipt: receipt ? receiptWords(receipt, now) : '',
      bounds: boundWords(each, receipt?.received ?? 0, now),
      tags: tagsOf(each),
      segment: each.segment,
    }
  })
}

/** The pieces of all recordings, by the time they were made. */
export function audioOf(rows: readonly EvidenceRow[]): readonly EvidenceRow[] {
  const began = ({ segment }: EvidenceRow): number => segment?.started ?? 0
  return rows
    .filter(({ kind, segment }) => kind === 'audio' && segment)
    .sort((one, two) => began(one) - began(two))
}

/** The piece in which a moment (UTC ms) lies. */
export function pieceAt(pieces: readonly EvidenceRow[], at: number): number {
  return pieces.findIndex(({ segment }) => segment && segment.started <= at && at <= segment.ended)
}

function kindOf({ kind }: Held<'evidence'>): EvidenceRow['kind'] {
  return kind === 'photo' || kind === 'audio' ? kind : 'other'
}

function receiptWords({ received, sha256 = '' }: Held<'receipt'>, now: number): string {
  return `服务器收据 ${momentWords(received, now)} · 校验值 ${sha256.slice(0, 4)}…${sha256.slice(-4)}`
}

/**
 * `after`: the server's signed time the phone last had; `before`: the receipt. UTC ms, 0: none. What
 * they bound is the keeping: a recording begins before it is kept, and a phone's clock may be wrong.
 */
function boundWords(made: Held<'evidence'>, before: number, now: number): string {
  const after = made.bounds?.after ?? 0
  const exact = momentWords(after, now) === momentWords(before, now)
  const say = (instant: number): string => momentWords(instant, now, exact)
  const sides = [after > 0 ? `${say(after)} 之后` : '', before > 0 ? `${say(before)} 之前` : '']
  const said = sides.filter(Boolean).join('，')
  return said && `服务器作证：${said}${apartWords(made, after, before, say)}`
}

/** The phone's own time of the capture, where it lies outside what the server vouches for. */
function apartWords(
  { segment, captured }: Held<'evidence'>,
  after: number,
  before: number,
  say: (instant: number) => string,
): string {
  const own = segment?.started ?? captured ?? 0
  if (own === 0 || (own >= after && (before === 0 || own <= before))) return ''
  return segment ? `存下；手机时间 ${say(own)} 开始录` : `存下；手机时间 ${say(own)}`
}

function tagsOf({ original, imported, withdrawn }: Held<'evidence'>): readonly string[] {
  return [
    original ? '已标注副本 · 原件未动' : '',
    imported ? '从相册选入' : '',
    withdrawn ? `已作废：${withdrawn.reason}` : '',
  ].filter(Boolean)
}
