/** Statutes cut into articles, paragraphs and items. */

import type { Article, Clause, Paragraph } from '../model'
import { NUMERAL, numeral, readNumber } from './numerals'

const ARTICLE = new RegExp(`^第(${NUMERAL})条(?:之(${NUMERAL}))?(?:\\s+|$)(.*)$`)
const POINT = new RegExp(`^(${NUMERAL})()、(.*)$`)
const ITEM = new RegExp(`^[（(]${NUMERAL}[）)](.*)$`)
const MARKED = /^(#+)\s*(.*)$/
const DIVISION = new RegExp(`^第${NUMERAL}(分编|[编章节])(?:\\s.*)?$`)
const LEVELS: Readonly<Record<string, number>> = { 编: 1, 分编: 2, 章: 3, 节: 4 }
const PLAIN_LEVEL = 3

/** What an article is known by in its law. */
export type Numbered = Pick<Article, 'number' | 'insert'>

type Headings = readonly { readonly level: number; readonly words: string }[]

/**
 * Cut a statute in Markdown or plain text into articles, paragraphs and items. A statute starts its
 * articles with 第…条, a standard its points with 一、; what stands before the first is left out.
 * An article keeps every heading it stands under, 编 before 章 before 节.
 */
export function splitStatute(text: string): Article[] {
  const lines = text.split('\n').map((line) => line.trim()).filter((line) => line !== '')
  const articleHead = lines.some((line) => ARTICLE.test(line)) ? ARTICLE : POINT
  const articles: Article[] = []
  let headings: Headings = []
  for (const line of lines) {
    const title = headingOf(line)
    const opened = title === null ? articleOf(articleHead.exec(line), headings) : null
    const last = articles.at(-1)
    if (title !== null) headings = under(headings, title)
    else if (opened) articles.push(opened)
    else if (last) articles[articles.length - 1] = withLine(last, line)
  }
  return articles
}

/** Every clause of an article that can be cited, in order, with its text. */
export function clauses(article: Article): { clause: Clause; text: string }[] {
  const single = article.paragraphs.length === 1
  const inserted = article.insert ? { insert: article.insert } : {}
  return article.paragraphs.flatMap((paragraph, index) =>
    [paragraph.text, ...paragraph.items].map((text, item) => ({
      clause: { article: article.number, paragraph: single ? 0 : index + 1, item, ...inserted },
      text,
    })),
  )
}

/** The text a citation points to, items included; null when there is no such clause. */
export function clauseText(articles: readonly Article[], clause: Clause): string | null {
  const article = articles.find((one) => isOf(one, clause))
  if (article === undefined) return null
  if (!clause.paragraph && !clause.item) return article.paragraphs.map(whole).join('\n')
  const found = clauses(article).find((one) => sameClause(one.clause, clause))
  if (found === undefined || clause.item) return found?.text ?? null
  return article.paragraphs.slice(clause.paragraph - 1, clause.paragraph).map(whole).join('')
}

/** Whether a clause is one of this article. */
export function isOf({ number, insert = 0 }: Numbered, clause: Clause): boolean {
  return number === clause.article && insert === (clause.insert ?? 0)
}

function articleOf(match: RegExpExecArray | null, headings: Headings): Article | null {
  const [, numberWords, insertWords, opening] = match ?? []
  const number = numberWords === undefined ? null : readNumber(numberWords)
  if (number === null) return null
  const insert = insertWords ? readNumber(insertWords) : null
  const heading = headings.map(({ words }) => words).join(' ')
  const paragraphs = opening ? [plain(opening)] : []
  return { number, heading, paragraphs, ...(insert && { insert }) }
}

/** The words of a heading, empty for the title of the law, null for other lines. */
function headingOf(line: string): string | null {
  const [, hashes, marked] = MARKED.exec(line) ?? []
  const words = (marked ?? line).trim()
  if (DIVISION.test(words)) return words
  if (hashes === undefined) return null
  return hashes === '#' ? '' : words
}

/** A heading ends those of its own level and below; the title of the law ends all. */
function under(headings: Headings, words: string): Headings {
  if (words === '') return []
  const level = LEVELS[DIVISION.exec(words)?.[1] ?? ''] ?? PLAIN_LEVEL
  return [...headings.filter((above) => above.level < level), { level, words }]
}

function withLine(article: Article, line: string): Article {
  const last = article.paragraphs.at(-1)
  const item = ITEM.exec(line)?.[1]?.trim()
  if (item === undefined || last === undefined)
    return { ...article, paragraphs: [...article.paragraphs, plain(line)] }
  const grown = { ...last, items: [...last.items, item] }
  return { ...article, paragraphs: [...article.paragraphs.slice(0, -1), grown] }
}

function plain(text: string): Paragraph {
  return { text, items: [] }
}

function whole(paragraph: Paragraph): string {
  const items = paragraph.items.map((text, index) => `（${numeral(index + 1)}）${text}`)
  return [paragraph.text, ...items].join('\n')
}

function sameClause(one: Clause, other: Clause): boolean {
  return one.paragraph === other.paragraph && one.item === other.item
}
