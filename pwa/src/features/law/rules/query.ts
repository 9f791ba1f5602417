/** What a query asks for: articles by their number, and the words a text must hold. */

import type { Clause } from '../model'
import { CLAUSE_WORDS, readClause } from './citations'
import { halfWidth, NUMBER, numeral, readNumber } from './numerals'
import { isOf, type Numbered } from './statutes'

export interface Query {
  /** Articles named whole, in the order typed: 第三十六条, 36条, 第三十六, 36. */
  readonly named: readonly Clause[]
  /** Numbers begun: 三十 of 第三十. */
  readonly begun: readonly string[]
  /** A 条 is written: nothing but the articles named will do. */
  readonly strict: boolean
  /** Numbers without a 条, which may as well stand in a text: 第三十六, 36. */
  readonly loose: readonly string[]
  readonly plain: readonly string[]
}

/** How a query asks for an article: as which of those named (-1: by no whole number). */
export interface Sought {
  readonly at: number
  readonly begun: boolean
  /** What the article must hold besides. */
  readonly words: readonly string[]
}

/** 民法典 ends with it, the longest statute there is: a number beyond, as of a year, is no article's. */
const MOST_ARTICLES = 1260

/** 第三十六, the 条 not typed yet; after a clause the 款 not typed whole (第三十六条第). */
const OPENING = new RegExp(`第${NUMBER}$`)
const UNFINISHED = new RegExp(`^第${NUMBER}?$`)
const WHOLE_NUMBER = new RegExp(`^${NUMBER}$`)

/** 第 38: the blank may go. */
const SPACED = new RegExp(`第\\s+(?=${NUMBER})`, 'g')
const CLAUSE_TO_THE_END = new RegExp(`${CLAUSE_WORDS.source}(?:\\s+第${NUMBER}?\\s*$)?`, 'g')
const APART = /[《》、，,\s]+/
/** 第38条和第39条. */
const AND = new RegExp(`^[和与及或](?=第?${NUMBER})`)

export function readQuery(query: string): Query {
  const words = splitQuery(query)
  const numbers = words.map(readNamed)
  const written = words.map((word) => readClause(word) !== null)
  const isLoose = (word: string, at: number): boolean =>
    !written[at] && (numbers[at] !== null || isOpening(word))
  return {
    named: numbers.filter((clause) => clause !== null),
    begun: words.filter(isOpening).map((word) => word.slice(1).replaceAll('〇', '零')),
    strict: written.includes(true),
    loose: words.filter(isLoose),
    plain: words.filter((word, at) => !written[at] && !isLoose(word, at)),
  }
}

export function isEmpty({ named, loose, plain }: Query): boolean {
  return named.length + loose.length + plain.length === 0
}

/** Null: the query asks for other articles alone. */
export function soughtAs(query: Query, article: Numbered): Sought | null {
  const at = query.named.findIndex((clause) => isOf(article, clause))
  const begun = at < 0 && opensNumber(query, article.number)
  if (at >= 0 || begun) return { at, begun, words: query.plain }
  return query.strict ? null : { at, begun, words: [...query.plain, ...query.loose] }
}

function opensNumber({ begun }: Query, article: number): boolean {
  if (begun.length === 0) return false
  const spelled = [numeral(article), `${article}`]
  return begun.some((digits) => spelled.some((number) => number.startsWith(digits)))
}

/** The words of a query, a clause apart from what it is written on to. */
function splitQuery(query: string): string[] {
  const close = halfWidth(query)
    .replace(SPACED, '第')
    .replace(CLAUSE_TO_THE_END, (clause) => clause.replace(/\s+/g, ''))
  return close.split(APART).flatMap(partsOf)
}

function partsOf(word: string): string[] {
  const match = (readClause(word) === null ? OPENING : CLAUSE_WORDS).exec(word)
  if (match === null) return word === '' ? [] : [word]
  const before = word.slice(0, match.index)
  const after = word.slice(match.index + match[0].length).replace(AND, '')
  const rest = UNFINISHED.test(after) ? [] : partsOf(after)
  return [...(before === '' ? [] : [before]), match[0], ...rest]
}

function isOpening(word: string): boolean {
  return word.length > 1 && UNFINISHED.test(word)
}

/** The article a word names whole. */
function readNamed(word: string): Clause | null {
  const written = readClause(word)
  if (written !== null) return written
  const digits = isOpening(word) ? word.slice(1) : word
  const article = WHOLE_NUMBER.test(digits) ? readNumber(digits) : null
  if (article === null || article > MOST_ARTICLES) return null
  return { article, paragraph: 0, item: 0 }
}
