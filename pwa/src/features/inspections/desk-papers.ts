/** An issued paper as the desk tells it beside its pages: who signed, how it went out, what was checked. */

import type { Signature } from '@contract/records'

import { printWords, serviceWords } from '@/features/documents/public'
import type { Store } from '@/store/types'

import { momentWords, paperTitle } from './desk-views'
import type { View } from './model'
import { live } from './rules/view'

export interface PaperLine {
  readonly title: string
  readonly note: string
}

export interface PaperView {
  readonly title: string
  readonly number: string
  /** 「11月29日 05:33」. */
  readonly issued: string
  /** Why it no longer stands; empty for one that does. */
  readonly lost: string
  readonly signatures: readonly PaperLine[]
  readonly services: readonly PaperLine[]
  readonly prints: readonly PaperLine[]
  /** What the server found when it set the paper again; empty before. */
  readonly checked: string
  /** The first and last of the file's SHA-256. */
  readonly digest: string
  /** The record of its PDF; empty where there is none. */
  readonly pdf: string
}

/** Null: no such paper in this dossier. */
export function paperView(
  store: Store,
  view: View,
  id: string,
  now: number,
): PaperView | null {
  const paper = view.document?.find((each) => each.id === id)
  if (paper === undefined) return null
  const sha = paper.pdf_sha256 ?? ''
  return {
    title: paperTitle(store.register('packs', 'pack').rows, paper.kind ?? ''),
    number: view.number?.find((each) => each.id === paper.number)?.text ?? '',
    issued: momentWords(paper.issued, now),
    lost: paper.void?.reason ?? '',
    signatures: live(view, 'signature')
      .filter(({ draft }) => draft === paper.draft)
      .map((each) => signed(store, each, now)),
    services: live(view, 'service').filter(({ document }) => document === id).map(serviceWords),
    prints: live(view, 'print').filter(({ document }) => document === id).map(printWords),
    checked: live(view, 'mark').find((each) => each.of === id)?.text ?? '',
    digest: sha === '' ? '' : `${sha.slice(0, 4)}…${sha.slice(-4)}`,
    pdf: paper.pdf ?? '',
  }
}

function signed(store: Store, given: Signature, now: number): PaperLine {
  const { name = '', post = '', officer = '', refusal, at } = given
  const known = store.register('officers', 'officer').rows.get(officer)
  const who = known ? `${known.name} 证号 ${known.certificate?.number ?? ''}` : `${name} ${post}`
  const when = momentWords(at, now)
  return { title: who.trim(), note: refusal ? `${when} 拒签：${refusal.reason}` : `${when} 签名` }
}
