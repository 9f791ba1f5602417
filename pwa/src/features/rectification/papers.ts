/** 责令限期整改指令书 and 整改复查意见书: their content from the facts of the dossier. */

import type { Officer, RecheckedItem } from '@contract/records'
import type { RouteLocationRaw } from 'vue-router'

import { dayOf } from '@/features/deadlines/public'
import {
  type Content,
  type DraftContent,
  type Lacking,
  type PaperBuilder,
  settingOf,
} from '@/features/documents/public'
import {
  type Held,
  lacks,
  orderItems,
  partlyItems,
  problemWords,
  STAGES,
  unitOf,
  type View,
  viewOf,
} from '@/features/inspections/public'
import { type Law, libraryOf, wordsOf } from '@/features/law/public'
import type { Store } from '@/store/types'

import { opinionPlace, orderPlace, wanting } from './places'
import {
  type AnewRow,
  byMaking,
  itemsUnder,
  lastRecheck,
  orderedFindings,
  orderFacts,
  RECHECK_OPINION,
  toOrderAnew,
} from './views'

/** Where the stage table sends for the day: of a new order that is the recheck. */
const DUE_LACKS = 'finding:rectify_by'
const ORDER_TITLE = '责令限期整改指令书'
const OUTCOMES: Readonly<Record<string, 'done' | 'partly' | 'not_done'>> = {
  fixed: 'done',
  partly: 'partly',
  not_fixed: 'not_done',
}

/** S0-5a, S4-11; remedies by 行政复议法第二十四条 and 行政诉讼法第十八条. */
export const ORDER_PAPER: PaperBuilder = {
  title: ORDER_TITLE,
  party: '被检查单位负责人',
  wanted: (dossier, store, now) => orderedFindings(viewOf(store, dossier, now)).length > 0,
  more: (dossier, store, now) => partlyItems(viewOf(store, dossier, now)).length > 0,
  content: (dossier, store, now) => {
    const view = viewOf(store, dossier, now)
    if (orderItems(view).length > 0) return anewContent(dossier, view, store)
    const missing = lacks(STAGES, 'order', view).filter(isLaw)
    if (missing.length > 0) return wanting(dossier, view, missing)
    return orderContent(dossier, view, orderedFindings(view), store)
  },
  issuable,
}

/** S0-5b: the result of each item; the three elements for what is not mended (S4-11). */
export const OPINION_PAPER: PaperBuilder = {
  title: '整改复查意见书',
  party: '被复查单位负责人',
  wanted: (dossier, store, now) => lastRecheck(viewOf(store, dossier, now)) !== undefined,
  more: (dossier, store, now) => {
    const view = viewOf(store, dossier, now)
    const recheck = lastRecheck(view)
    return recheck !== undefined && !isReported(view, recheck.id)
  },
  content: (dossier, store, now) => {
    const recheck = lastRecheck(viewOf(store, dossier, now))
    if (recheck === undefined) return [notYet(dossier)]
    const view: View = { ...viewOf(store, dossier, now), chosen: recheck.id }
    const missing = lacks(STAGES, 'recheck_opinion', view).filter(isLaw)
    if (missing.length > 0) return wanting(dossier, view, missing)
    return opinionContent(dossier, view, recheck, store)
  },
  issuable,
}

/**
 * 重开的指令书: only what a recheck found mended in part, each with its new day; the order that
 * stands is left as it is (S0-5b, domain.md 6.3). Form 5 of 2016 has no line for an earlier order,
 * so the new one is an order like the first, and its numbers begin at 1.
 */
export function anewContent(
  dossier: string,
  view: View,
  store: Store,
): DraftContent | readonly Lacking[] {
  const items = toOrderAnew(view)
  const isOne = (id: string): boolean => items.some(({ finding }) => finding === id)
  const others = (view.finding ?? []).filter(({ id }) => !isOne(id))
  const missing = lacks(STAGES, 'order', view)
    .filter(isLaw)
    .filter(({ record, go }) => go !== DUE_LACKS && !others.some(({ id }) => id === record))
  const undated = items.filter(({ due }) => due === '').map((item) => dateLacks(dossier, item))
  const lacking = [...undated, ...wanting(dossier, view, missing)]
  if (items.length === 0) return [nothingAnew(dossier)]
  if (lacking.length > 0) return lacking
  return orderContent(dossier, view, (view.finding ?? []).filter(({ id }) => isOne(id)).sort(byMaking), store)
}

/** What an order says of these findings; they are numbered as they come. */
export function orderContent(
  dossier: string,
  view: View,
  findings: readonly Held<'finding'>[],
  store: Store,
): DraftContent {
  const packs = store.register('packs', 'pack').rows
  const laws = lawsOf(store)
  const content: Content = {
    ...signersOf(view, store, inspectorsOf(view)),
    addressee: unitOf(view),
    problems: findings.map((finding, at) => ({
      number: at + 1,
      text: problemWords(finding),
      ...elementsOf(finding, laws),
      due: finding.rectify_by?.due ?? '',
    })),
    government: settingOf(packs, 'bureau.government'),
    court: settingOf(packs, 'bureau.court'),
    copies: null,
  }
  const about = findings.map(({ id }) => id)
  return { content, about, written: (path) => orderPlace(dossier, about, path) }
}

/** What the opinion says of one recheck, in the order's own numbers; what was left out is not in it. */
export function opinionContent(
  dossier: string,
  view: View,
  recheck: Held<'recheck'>,
  store: Store,
): DraftContent {
  const order = view.document?.find(({ id }) => id === recheck.order)
  const facts = orderFacts(order)
  const laws = lawsOf(store)
  const content: Content = {
    ...signersOf(view, store, recheck.officers ?? []),
    addressee: facts.addressee,
    order: { title: ORDER_TITLE, number: facts.number, day: dayOf(facts.when) },
    results: itemsUnder(view, recheck.order ?? '').flatMap(({ number, problem, finding }) => {
      const said = recheck.items?.find((each) => each.finding === finding)
      if (said === undefined) return []
      return [{ number, text: problem, ...resultOf(said, findingOf(view, finding), laws) }]
    }),
    opinion: null,
    copies: null,
  }
  return { content, about: [recheck.id], written: (path) => opinionPlace(dossier, path) }
}

function resultOf(
  said: RecheckedItem,
  finding: Held<'finding'> | undefined,
  laws: readonly Law[],
): object {
  const outcome = OUTCOMES[said.result] ?? 'not_done'
  const note = said.words?.trim() || null
  if (outcome === 'done' || finding === undefined) return { outcome, note, remaining: null }
  return { outcome, note, remaining: { ...elementsOf(finding, laws), due: null } }
}

/** 三要素. */
function elementsOf(finding: Held<'finding'>, laws: readonly Law[]): object {
  return {
    basis: (finding.basis ?? []).map((each) => wordsOf(laws, each, true)),
    cause: withoutStop(finding.cause),
    measure: withoutStop(finding.measure),
  }
}

function signersOf(
  view: View,
  store: Store,
  officers: readonly string[],
): Pick<Content, 'officers' | 'party'> {
  const { rows } = store.register('officers', 'officer')
  const known = officers.flatMap((id) => rows.get(id) ?? [])
  return { officers: known.flatMap(certified), party: partyOf(view) }
}

function certified({ name, certificate }: Officer): Content['officers'] {
  return certificate ? [{ name, certificate: certificate.number }] : []
}

/** Who received the officers signs for the unit; else its legal representative. */
function partyOf(view: View): Content['party'] {
  const steps = (view.step ?? []).filter((step) => !step.withdrawn && step.reception?.name)
  const received = steps.at(-1)?.reception
  if (received) return { name: received.name, post: received.post ?? '' }
  const unit = view.inspection?.[0]?.unit
  return { name: unit?.legal_representative ?? '', post: unit?.post ?? '' }
}

function inspectorsOf(view: View): readonly string[] {
  return view.inspection?.find((each) => !each.withdrawn)?.officers ?? []
}

function findingOf(view: View, id: string): Held<'finding'> | undefined {
  return view.finding?.find((each) => each.id === id)
}

/** The law's own count of hands is among them: only certified officers count (S3-1.1). */
function issuable(
  dossier: string,
  store: Store,
  draft: string,
  now: number,
): readonly Lacking[] {
  const view: View = { ...viewOf(store, dossier, now), chosen: draft }
  return wanting(dossier, view, lacks(STAGES, 'issue', view).filter(isLaw))
}

/** Whether a paper that stands tells of the recheck. */
function isReported(view: View, recheck: string): boolean {
  const drafts = (view.draft ?? []).filter((each) => each.about?.includes(recheck))
  return (view.document ?? [])
    .filter((each) => each.kind === RECHECK_OPINION && !each.void)
    .some((each) => drafts.some(({ id }) => id === each.draft))
}

function notYet(dossier: string): Lacking {
  return { says: '还没复查', verb: '去复查', to: recheckAt(dossier), conflict: false }
}

function nothingAnew(dossier: string): Lacking {
  return { says: '没有要重开指令书的问题', verb: '去看', to: recheckAt(dossier), conflict: false }
}

function dateLacks(dossier: string, { problem }: AnewRow): Lacking {
  const to = recheckAt(dossier)
  return { says: `「${problem}」还没另定期限`, verb: '去定', to, conflict: false }
}

function recheckAt(dossier: string): RouteLocationRaw {
  return { name: 'recheck.home', params: { id: dossier } }
}

function lawsOf(store: Store): readonly Law[] {
  const packs = store.register('packs', 'pack').rows
  return libraryOf(packs, store.register('law', 'pack').rows).laws
}

function isLaw({ level }: { readonly level: string }): boolean {
  return level === 'law'
}

function withoutStop(text = ''): string {
  return text.trim().replace(/。$/, '')
}
