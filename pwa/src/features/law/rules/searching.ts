/** Search by scan: every word of the query, exact article before title before body. */

import type { Article, Clause, Hit, Mark, Statute } from '../model'
import { CLAUSE_WORDS, readClause } from './citations'
import { halfWidth, NUMBER, numeral } from './numerals'
import { clauses, isOf } from './statutes'

const EXACT = 0
const BEGUN = 1
const TITLE = 2
const CLOSE = 3
const FAR = 4

/** 第三十六, the 条 not typed yet; after a clause the 款 not typed whole (第三十六条第). */
const OPENING = new RegExp(`第${NUMBER}$`)
const UNFINISHED = new RegExp(`^第${NUMBER}?$`)

interface Ranked {
  readonly rank: number
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
 * written on to the title) or the beginning of an article's number (第三十六). A phrase that is nowhere is tried again in words of two characters.
 */
export function search(library: readonly Statute[], query: string, limit: number): Hit[] {
  const words = splitQuery(query)
  const hits = scan(library, words)
  const again = hits.length === 0 && words.some((word) => [...word].length > 3)
  return (again ? scan(library, words.flatMap(pairs)) : hits).slice(0, limit)
}

/** Where a text holds the words of a query, in order and without overlap, for a screen to mark. */
export function marks(text: string, query: string): Mark[] {
  const words = splitQuery(query).filter((word) => readClause(word) === null)
  const present = words.flatMap((word) => (text.includes(word) ? [word] : pairs(word)))
  const found: Mark[] = []
  for (let from = 0; from < text.length; from += 1) {
    const word = present.find((one) => text.startsWith(one, from))
    if (word === undefined) continue
    found.push({ from, to: from + word.length })
    from += word.length - 1
  }
  return found
}

/** The words of a query, a clause apart from what it is written on to. */
export function splitQuery(query: string): string[] {
  const plain = halfWidth(query).replace(/[《》]/g, ' ')
  return plain.split(/\s+/).flatMap((word) => {
    const match = (readClause(word) === null ? OPENING : CLAUSE_WORDS).exec(word)
    if (match === null) return [word]
    const [clause] = match
    const after = word.slice(match.index + clause.length)
    return [word.slice(0, match.index), clause, UNFINISHED.test(after) ? '' : after]
  }).filter((word) => word !== '')
}

/** Whether the word is the beginning of an article's number: 第三十六 of 第三十六条, 第三 of both. */
export function opensNumber(word: string, article: number): boolean {
  if (!isOpening(word)) return false
  return spelled(article).some((number) => number.startsWith(numberIn(word)))
}

function isOpening(word: string): boolean {
  return word.length > 1 && UNFINISHED.test(word)
}

function numberIn(word: string): string {
  return word.slice(1).replaceAll('〇', '零')
}

function spelled(article: number): readonly string[] {
  return [numeral(article), `${article}`]
}

function scan(library: readonly Statute[], words: readonly string[]): Hit[] {
  if (words.length === 0) return []
  return library
    .flatMap((statute) => within(statute, words))
    .sort((one, two) => one.rank - two.rank)
    .map(({ hit }) => hit)
}

function within(statute: Statute, words: readonly string[]): Ranked[] {
  const open = words.filter((word) => !statute.law.title.includes(word))
  const named = open.length < words.length
  const texts = open.filter((word) => readClause(word) === null)
  const wanted = open.map(readClause).filter((clause) => clause !== null)
  if (open.length === 0) {
    return statute.articles.slice(0, 1).map((one) => ({ rank: TITLE, hit: hitOf(statute, one, []) }))
  }
  return statute.articles.flatMap((article) => {
    if (wanted.some((clause) => !isOf(article, clause))) return []
    const cut = cutOf(article)
    const opening = texts.filter((word) => opensNumber(word, article.number))
    const held = texts.filter((word) => !opening.includes(word))
    if (!held.every((word) => cut.whole.includes(word))) return []
    const counted = cut.clauses.map((one) => ({ ...one, n: count(one.text, held) }))
    const close = counted.some(({ n }) => n === held.length) ? CLOSE : FAR
    const touched = counted.filter(({ n }) => n > 0).map(({ clause }) => clause)
    const whole = opening.some((word) => spelled(article.number).includes(numberIn(word)))
    const exact = wanted.length > 0 || whole
    const rank = exact ? EXACT : opening.length > 0 ? BEGUN : named ? TITLE : close
    return [{ rank, hit: hitOf(statute, article, touched) }]
  })
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

function pairs(word: string): string[] {
  const characters = [...word]
  if (characters.length <= 3 || readClause(word) !== null || isOpening(word)) return [word]
  const starts = characters.flatMap((_, index) => (index % 2 === 0 ? [index] : []))
  return starts.map((start) => characters.slice(start, start + 2).join(''))
}
