/** Search by scan: every word of the query, exact article before title before body. */

import type { Article, Clause, Hit, Mark, Statute } from '../model'
import { isEmpty, type Query, readQuery, type Sought, soughtAs } from './query'
import { clauses } from './statutes'

const EXACT = 0
const BEGUN = 1
const TITLE = 2
const CLOSE = 3
const FAR = 4
/** What a named law has of it, the number whole or begun, comes before the same of another. */
const UNTITLED = 1.5

interface Ranked {
  readonly rank: number
  /** The place among the articles asked for. */
  readonly at: number
  readonly hit: Hit
}

/** An article cut once: its clauses, and all its words for the first look. */
interface Cut {
  readonly whole: string
  readonly clauses: readonly { readonly clause: Clause; readonly text: string }[]
}

const CUTS = new WeakMap<Article, Cut>()

/**
 * Articles that hold every word of the query: those it names by number first, then those of a law
 * it names, then those with all words in one clause. A word may be a title, a clause (36条, also
 * written on to the title), the beginning of an article's number (第三十六) or a number alone, which
 * is an article's and may stand in a text; of several articles each is found. A phrase that is
 * nowhere is tried again in words of two characters.
 */
export function search(library: readonly Statute[], words: string, limit: number): Hit[] {
  const query = readQuery(words)
  const hits = scan(library, query)
  const again = hits.length === 0 && query.plain.some((word) => [...word].length > 3)
  return (again ? scan(library, inPairs(query)) : hits).slice(0, limit)
}

/** Where a text holds the words of a query, in order and without overlap, for a screen to mark. */
export function marks(text: string, query: string): Mark[] {
  const { plain, loose } = readQuery(query)
  const held = plain.flatMap((word) => (text.includes(word) ? [word] : pairs(word)))
  const present = [...held, ...loose]
  const found: Mark[] = []
  for (let from = 0; from < text.length; from += 1) {
    const word = present.find((one) => text.startsWith(one, from))
    if (word === undefined) continue
    found.push({ from, to: from + word.length })
    from += word.length - 1
  }
  return found
}

function scan(library: readonly Statute[], query: Query): Hit[] {
  if (isEmpty(query)) return []
  return library
    .flatMap((statute) => within(statute, query))
    .sort((one, two) => one.rank - two.rank)
    .map(({ hit }) => hit)
}

function within(statute: Statute, query: Query): Ranked[] {
  const open = untitled(query, statute.law.title)
  const titled = wordsIn(open) < wordsIn(query)
  return statute.articles
    .flatMap((article) => {
      const sought = soughtAs(open, article)
      if (sought === null || (isTitleAlone(sought) && article !== statute.articles[0])) return []
      return ranked(statute, article, sought, titled)
    })
    .sort((one, two) => one.at - two.at)
}

function ranked(statute: Statute, article: Article, sought: Sought, titled: boolean): Ranked[] {
  const { at, begun, words } = sought
  const cut = cutOf(article)
  if (!words.every((word) => cut.whole.includes(word))) return []
  const counted = cut.clauses.map((one) => ({ ...one, n: count(one.text, words) }))
  const close = counted.some(({ n }) => n === words.length) ? CLOSE : FAR
  const touched = counted.filter(({ n }) => n > 0).map(({ clause }) => clause)
  const rank = at >= 0 ? EXACT : begun ? BEGUN : titled ? TITLE : close
  return [{ rank: rank + (titled ? 0 : UNTITLED), at, hit: hitOf(statute, article, touched) }]
}

/** The query without the words the title holds. */
function untitled(query: Query, title: string): Query {
  const open = (words: readonly string[]): string[] => words.filter((word) => !title.includes(word))
  return { ...query, plain: open(query.plain), loose: open(query.loose) }
}

function wordsIn({ plain, loose }: Query): number {
  return plain.length + loose.length
}

/** A law of which nothing more is asked is shown by its first article. */
function isTitleAlone({ at, begun, words }: Sought): boolean {
  return at < 0 && !begun && words.length === 0
}

function hitOf({ law }: Statute, article: Article, touched: readonly Clause[]): Hit {
  const hit = { law: law.id, since: law.in_force, article: article.number, clauses: touched }
  return article.insert ? { ...hit, insert: article.insert } : hit
}

function cutOf(article: Article): Cut {
  const known = CUTS.get(article)
  if (known) return known
  const cut = clauses(article)
  const made = { clauses: cut, whole: cut.map(({ text }) => text).join('\n') }
  CUTS.set(article, made)
  return made
}

function count(text: string, words: readonly string[]): number {
  return words.filter((word) => text.includes(word)).length
}

function inPairs(query: Query): Query {
  return { ...query, plain: query.plain.flatMap(pairs) }
}

function pairs(word: string): string[] {
  const characters = [...word]
  if (characters.length <= 3) return [word]
  const starts = characters.flatMap((_, index) => (index % 2 === 0 ? [index] : []))
  return starts.map((start) => characters.slice(start, start + 2).join(''))
}
