/** What the clause picker shows: the library this phone holds, cut into cards of clauses. */

import type { PackValue } from '@contract/records'

import { longDay } from '@/ui/date-words'

import type { Citation, Clause, Hit, Law, Standing, Statute } from './model'
import {
  citationWords,
  clauses,
  clauseText,
  clauseWords,
  formatCitation,
  isEmpty,
  isOf,
  marks,
  numeral,
  parseCitation,
  readQuery,
  search,
  soughtAs,
  splitStatute,
  standing,
  succession,
} from './rules'

/** `texts`: the statutes whose words are on this phone; the index `laws` names all of them. */
export interface Library {
  readonly laws: readonly Law[]
  readonly texts: readonly Statute[]
}

/** A clause an item of the list cites, and what the item is about. */
export interface Known {
  readonly citation: string
  readonly about: string
}

/** One 款 or 项; `text` is null where the phone does not hold the statute's words. */
export interface Choice {
  readonly citation: string
  readonly name: string
  readonly text: string | null
}

/** One 条 of one version of a law. */
export interface ClauseCard {
  readonly key: string
  readonly title: string
  readonly version: string
  readonly standing: Standing
  readonly choices: readonly Choice[]
}

export interface Piece {
  readonly text: string
  readonly marked: boolean
}

type Packs = ReadonlyMap<string, PackValue>

export const MOST_CARDS = 40
const SNIPPET_BEFORE = 20
const SNIPPET_AFTER = 80

/**
 * The index is the pack's `table.law`; a row of the register `law` is one version, its id
 * `<law>@<in force since>`, its JSON the version and its text. The index knows better where both
 * name a version.
 */
export function libraryOf(packs: Packs, texts: Packs): Library {
  const listed = (JSON.parse(packs.get('table.law')?.json ?? '[]') as Row[]).map(lawOf)
  const kept = [...texts.values()].flatMap(textOf)
  const known = new Set(listed.map(versionName))
  const added = kept.map(({ law }) => law).filter((law) => !known.has(versionName(law)))
  const laws = succession([...listed, ...added])
  const articles = new Map(kept.map((one) => [versionName(one.law), one.articles]))
  return {
    laws,
    texts: laws.flatMap((law) => {
      const found = articles.get(versionName(law))
      return found ? [{ law, articles: found }] : []
    }),
  }
}

type Row = Partial<Law> & Pick<Law, 'id' | 'title' | 'short' | 'in_force' | 'source'>

/** A text is cut once, however often the index changes. */
const CUT = new WeakMap<PackValue, readonly Statute[]>()

/** None where a row holds a text alone, as those of the first version did. */
function textOf(row: PackValue): readonly Statute[] {
  const known = CUT.get(row)
  if (known) return known
  const held = JSON.parse(row.json) as { readonly law: Row; readonly text: string } | string
  const made =
    typeof held === 'string' ? [] : [{ law: lawOf(held.law), articles: splitStatute(held.text) }]
  CUT.set(row, made)
  return made
}

function lawOf(row: Row): Law {
  return { until: null, unchecked: [], numbering: 'articles', ...row }
}

/** `<law>@<in force since>`. */
export function versionName(law: Law): string {
  return `${law.id}@${law.in_force}`
}

/** The library as it is searched on a day: what is or will be in force before what has ended. */
export function searchable({ texts }: Library, on: string, law = ''): readonly Statute[] {
  const chosen = law === '' ? texts : texts.filter((one) => one.law.id === law)
  const ended = ({ law: { until } }: Statute): boolean => until !== null && until <= on
  return [...chosen.filter((one) => !ended(one)), ...chosen.filter(ended)]
}

/** 《安全生产法》第三十六条第三款; with `full` the title as papers have it. */
export function wordsOf(laws: readonly Law[], text: string, full = false): string {
  const citation = parseCitation(text)
  if (typeof citation === 'string') return text
  const law = versionOf(laws, citation)
  const title = full ? law?.title : law?.short
  return citationWords(citation.clause, title ?? citation.law, law?.numbering)
}

/** The words of a clause, null where the phone does not hold them. */
export function quoteOf(library: Library, text: string): string | null {
  const citation = parseCitation(text)
  if (typeof citation === 'string') return null
  return clauseText(articlesOf(library, citation), citation.clause)
}

/** Cards of these citations, in their order, clauses of one article together. */
export function cardsOf(library: Library, citations: readonly string[], on: string): ClauseCard[] {
  const read = citations.map(parseCitation).filter((each) => typeof each !== 'string')
  const articles = new Map<string, Citation[]>()
  for (const citation of read) {
    const key = keyOf(citation)
    articles.set(key, [...(articles.get(key) ?? []), citation])
  }
  return [...articles.values()].flatMap((group) => cardOf(library, group, on))
}

/**
 * What a query finds: in the statutes' words, in the clauses the item list cites, and the clause
 * typed itself, which is 待核对 where nothing on this phone confirms it. `law`: only in this one.
 */
export function searchCards(
  library: Library,
  known: readonly Known[],
  query: string,
  on: string,
  law = '',
): ClauseCard[] {
  const hits = search(searchable(library, on, law), query, MOST_CARDS).map(citationOfHit)
  const listed = known.filter((each) => isAbout(library, each, query)).map((each) => each.citation)
  const inLaw = (citation: string): boolean => law === '' || citation.startsWith(`${law}@`)
  const found = cardsOf(library, [...new Set([...hits, ...listed])].filter(inLaw), on)
  const typed = typedCards(library, query).filter((card) => found.every((e) => e.key !== card.key))
  return [...found, ...typed.filter((card) => inLaw(card.key))].slice(0, MOST_CARDS)
}

/** The citation of the whole article a search found. */
export function citationOfHit({ article, insert, ...hit }: Hit): string {
  const clause = { article, paragraph: 0, item: 0, ...(insert && { insert }) }
  return formatCitation({ law: hit.law, since: hit.since, clause })
}

/** The laws among cards, each once in their order: what a search may be narrowed to. */
export function lawsAmong(library: Library, cards: readonly ClauseCard[]): readonly Law[] {
  const ids = [...new Set(cards.map(({ key }) => key.split('@')[0]))]
  return ids.flatMap((id) => library.laws.find((law) => law.id === id) ?? [])
}

/** A text with the words of the query set apart, for a screen to mark. */
export function pieces(text: string, query: string): Piece[] {
  const found: Piece[] = []
  let at = 0
  for (const { from, to } of marks(text, query)) {
    found.push({ text: text.slice(at, from), marked: false })
    found.push({ text: text.slice(from, to), marked: true })
    at = to
  }
  return [...found, { text: text.slice(at), marked: false }].filter((piece) => piece.text !== '')
}

/** The clause of a card that holds most words of the query, from a little before the first. */
export function snippetOf({ choices }: ClauseCard, query: string): string {
  const texts = choices.map(({ text }) => text ?? '')
  const count = (text: string): number => marks(text, query).length
  const best = texts.reduce((one, text) => (count(text) > count(one) ? text : one), texts[0] ?? '')
  const from = marks(best, query)[0]?.from ?? 0
  return best.slice(Math.max(0, from - SNIPPET_BEFORE), from + SNIPPET_AFTER)
}

function cardOf(library: Library, group: readonly Citation[], on: string): ClauseCard[] {
  const [first] = group
  const law = first && versionOf(library.laws, first)
  if (!first || !law) return []
  const article = articlesOf(library, first).find((one) => isOf(one, first.clause))
  const texts = article ? clauses(article) : group.map(({ clause }) => ({ clause, text: null }))
  return [
    {
      key: keyOf(first),
      title: headOf(law, first.clause),
      version: `${law.source} · ${longDay(law.in_force)}起施行`,
      standing: standing(library.laws, first, on),
      choices: texts.map(({ clause, text }) => choiceOf(law, clause, text)),
    },
  ]
}

function choiceOf(law: Law, clause: Clause, text: string | null): Choice {
  const whole = clauseWords({ ...clause, paragraph: 0, item: 0 })
  const name = clauseWords(clause).slice(whole.length) || '全条'
  return { citation: formatCitation({ law: law.id, since: law.in_force, clause }), name, text }
}

function typedCards(library: Library, query: string): ClauseCard[] {
  const { named, plain } = readQuery(query)
  if (plain.length === 0) return []
  const without = library.laws.filter((law) => library.texts.every((each) => each.law !== law))
  return without
    .filter((law) => plain.every((word) => law.title.includes(word)))
    .flatMap((law) => named.map((clause) => typedCard(law, clause)))
}

function typedCard(law: Law, clause: Clause): ClauseCard {
  return {
    key: keyOf({ law: law.id, since: law.in_force, clause }),
    title: headOf(law, clause),
    version: `${law.source} · ${longDay(law.in_force)}起施行`,
    standing: 'unchecked',
    choices: [choiceOf(law, clause, null)],
  }
}

function isAbout({ laws }: Library, { citation, about }: Known, query: string): boolean {
  const read = parseCitation(citation)
  const asked = readQuery(query)
  if (typeof read === 'string' || isEmpty(asked)) return false
  const { article: number, insert = 0 } = read.clause
  const text = `${versionOf(laws, read)?.title ?? ''} ${about}`
  return soughtAs(asked, { number, insert })?.words.every((word) => text.includes(word)) ?? false
}

function headOf(law: Law, clause: Clause): string {
  const article = { ...clause, paragraph: 0, item: 0 }
  if (law.numbering === 'articles') return `${law.short} ${clauseWords(article)}`
  return citationWords(clause, law.short, law.numbering)
}

function keyOf({ law, since, clause }: Citation): string {
  return formatCitation({ law, since, clause: { ...clause, paragraph: 0, item: 0 } })
}

function versionOf(laws: readonly Law[], citation: Citation): Law | undefined {
  return laws.find((law) => law.id === citation.law && law.in_force === citation.since)
}

function articlesOf(library: Library, citation: Citation): Statute['articles'] {
  const statute = library.texts.find(
    ({ law }) => law.id === citation.law && law.in_force === citation.since,
  )
  return statute?.articles ?? []
}

/** （三） before an item. */
export function itemWords(number: number): string {
  return `（${numeral(number)}）`
}
