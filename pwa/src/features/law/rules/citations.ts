/**
 * Citations read, written and put in words, and how one may be used on a day.
 *
 * Law does not number the only paragraph of an article, so such an article is cited with paragraph
 * 0 before an item (`99.0.4`) or with none (`66`): each clause has exactly one name, and words need
 * no library. An article put in by an amendment (第一百三十三条之一) is written `133-1`.
 */

import type { Citation, CitationFault, Clause, Law, Numbering, Standing } from '../model'
import { halfWidth, NUMBER, numeral, readNumber } from './numerals'

const CITATION = /^([a-z][a-z0-9]{1,15})@([0-9]{4}-[0-9]{2}-[0-9]{2})#([0-9.-]+)$/
const CLAUSE =
  /^([1-9][0-9]{0,3})(?:-([1-9][0-9]?))?(?:\.(0|[1-9][0-9]{0,3})(?:\.([1-9][0-9]{0,3}))?)?$/
/** With blanks as people leave them; 38 条件 is no clause. */
export const CLAUSE_WORDS = new RegExp(
  `(?:第\\s*)?${NUMBER}(?:条|\\s+条(?![件例约]))(?:\\s*之\\s*${NUMBER})?` +
    `(?:\\s*第?\\s*${NUMBER}\\s*款)?(?:\\s*第?\\s*\\(?\\s*${NUMBER}\\s*\\)?\\s*项)?`,
)

/** Read a citation; the verdict names what is wrong. `standing` says if the law is known. */
export function parseCitation(text: string): Citation | CitationFault {
  const [, law, since, numbers] = CITATION.exec(text) ?? []
  if (law === undefined || since === undefined || numbers === undefined) return 'form'
  if (!isDay(since)) return 'date'
  const [, article, insert, paragraph, item] = CLAUSE.exec(numbers) ?? []
  if (article === undefined || (paragraph === '0' && item === undefined)) return 'clause'
  const clause = { article: +article, paragraph: +(paragraph ?? 0), item: +(item ?? 0) }
  return { law, since, clause: insert ? { ...clause, insert: +insert } : clause }
}

/** The one string that names the clause in records and packs. */
export function formatCitation({ law, since, clause }: Citation): string {
  return `${law}@${since}#${dotted(clause)}`
}

/**
 * 《安全生产法》第三十六条第三款; 第九十九条第（四）项 where there is but one paragraph; of a standard
 * 第3.0.1条. `title` is the full one on papers, the short one on screens.
 */
export function citationWords(
  clause: Clause,
  title: string,
  numbering: Numbering = 'articles',
): string {
  const words = numbering === 'sections' ? `第${dotted(clause)}条` : clauseWords(clause)
  return `《${title}》${words}`
}

/** 第三十六条第三款第（二）项 in Chinese numerals. */
export function clauseWords({ article, insert = 0, paragraph, item }: Clause): string {
  const insertWords = insert ? `之${numeral(insert)}` : ''
  const paragraphWords = paragraph ? `第${numeral(paragraph)}款` : ''
  const itemWords = item ? `第（${numeral(item)}）项` : ''
  return `第${numeral(article)}条${insertWords}${paragraphWords}${itemWords}`
}

/** Find a clause as people type it: 36条, 第36条 第3款, 第 三十六 条, ９９条（四）项, 12条之一. */
export function readClause(text: string): Clause | null {
  const match = CLAUSE_WORDS.exec(halfWidth(text))
  if (match === null) return null
  const numbers = match.slice(1, 5).map((part) => (part ? readNumber(part) : 0))
  const [article, insert, paragraph, item] = numbers
  if (!article || insert == null || paragraph == null || item == null) return null
  const clause = { article, paragraph, item }
  return insert ? { ...clause, insert } : clause
}

/** Every version with the day it ends: its own, or the day its successor came into force. */
export function succession(laws: readonly Law[]): Law[] {
  return laws.map((law) => {
    const after = successorOf(laws, law)?.in_force ?? null
    if (after === null || (law.until !== null && law.until <= after)) return law
    return { ...law, until: after }
  })
}

/** The next version of the same law. */
export function successorOf(laws: readonly Law[], of: Law): Law | undefined {
  const later = laws.filter((law) => law.id === of.id && law.in_force > of.in_force)
  return later.sort((one, two) => (one.in_force < two.in_force ? -1 : 1))[0]
}

/** How a citation may be used on a day: 现行有效, 尚未施行, 已修改, 已废止, 待核对 or unknown. */
export function standing(laws: readonly Law[], citation: Citation, on: string): Standing {
  const law = laws.find((one) => one.id === citation.law && one.in_force === citation.since)
  if (law === undefined) return 'unknown'
  if (law.until !== null && law.until <= on) return successorOf(laws, law) ? 'superseded' : 'repealed'
  if (on < law.in_force) return 'not_yet'
  return law.unchecked.includes(citation.clause.article) ? 'unchecked' : 'in_force'
}

function dotted({ article, insert, paragraph, item }: Clause): string {
  const numbers = [paragraph, item]
  while (numbers.at(-1) === 0) numbers.pop()
  return [insert ? `${article}-${insert}` : article, ...numbers].join('.')
}

function isDay(text: string): boolean {
  const instant = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(text)
}
