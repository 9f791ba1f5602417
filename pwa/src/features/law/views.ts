/** What the clause picker shows: the library this phone holds, cut into cards of clauses. */

import type { PackValue } from '@contract/records'

import { longDay } from '@/ui/date-words'

import type { Citation, Clause, Law, Standing, Statute } from './model'
import {
  citationWords,
  clauses,
  clauseText,
  clauseWords,
  formatCitation,
  marks,
  parseCitation,
  readClause,
  search,
  splitStatute,
  standing,
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

/**
 * The index is the pack's `table.law`; a row of the register `law` is one version, its id
 * `<law>@<in force since>`, its JSON the text.
 */
export function libraryOf(packs: Packs, texts: Packs): Library {
  const cells = JSON.parse(packs.get('table.law')?.json ?? '[]') as readonly (Partial<Law> &
    Pick<Law, 'id' | 'title' | 'short' | 'in_force' | 'source'>)[]
  const laws = cells.map(
    (row): Law => ({ until: null, unchecked: [], numbering: 'articles', ...row }),
  )
  return { laws, texts: laws.flatMap((law) => statuteOf(law, texts)) }
}

function statuteOf(law: Law, texts: Packs): readonly Statute[] {
  const row = texts.get(`${law.id}@${law.in_force}`)
  return row ? [{ law, articles: splitStatute(JSON.parse(row.json) as string) }] : []
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
 * typed itself, which is 待核对 where nothing on this phone confirms it.
 */
export function searchCards(
  library: Library,
  known: readonly Known[],
  query: string,
  on: string,
): ClauseCard[] {
  const hits = search(library.texts, query, MOST_CARDS).map((hit) =>
    formatCitation({ ...hit, clause: { article: hit.article, paragraph: 0, item: 0 } }),
  )
  const listed = known.filter((each) => isAbout(library, each, query)).map((each) => each.citation)
  const found = cardsOf(library, [...new Set([...hits, ...listed])], on)
  const typed = typedCards(library, query).filter((card) => found.every((e) => e.key !== card.key))
  return [...found, ...typed].slice(0, MOST_CARDS)
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

function cardOf(library: Library, group: readonly Citation[], on: string): ClauseCard[] {
  const [first] = group
  const law = first && versionOf(library.laws, first)
  if (!first || !law) return []
  const article = articlesOf(library, first).find((one) => one.number === first.clause.article)
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
  const clause = readClause(query)
  const words = query.split(/\s+/).filter((word) => word !== '' && readClause(word) === null)
  if (clause === null || words.length === 0) return []
  const without = library.laws.filter((law) => library.texts.every((each) => each.law !== law))
  return without
    .filter((law) => words.every((word) => law.title.includes(word)))
    .map((law) => ({
      key: keyOf({ law: law.id, since: law.in_force, clause }),
      title: headOf(law, clause),
      version: `${law.source} · ${longDay(law.in_force)}起施行`,
      standing: 'unchecked',
      choices: [choiceOf(law, clause, null)],
    }))
}

function isAbout({ laws }: Library, { citation, about }: Known, query: string): boolean {
  const read = parseCitation(citation)
  if (typeof read === 'string') return false
  const text = `${versionOf(laws, read)?.title ?? ''} ${about}`
  const words = query.split(/\s+/).filter((word) => word !== '')
  return words.length > 0 && words.every((word) => {
    return readClause(word)?.article === read.clause.article || text.includes(word)
  })
}

function headOf(law: Law, clause: Clause): string {
  const article = { article: clause.article, paragraph: 0, item: 0 }
  if (law.numbering === 'articles') return `${law.short} ${clauseWords(article)}`
  return citationWords(clause, law.short, law.numbering)
}

function keyOf({ law, since, clause }: Citation): string {
  return `${law}@${since}#${clause.article}`
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
