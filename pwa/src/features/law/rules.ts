/**
 * Citations read, written and put in words; statutes cut into clauses; search by scan.
 *
 * Law does not number the only paragraph of an article, so such an article is cited with paragraph
 * 0 before an item (`99.0.4`) or with none (`66`): each clause has exactly one name, and words need
 * no library.
 */

import type {
  Article,
  Citation,
  CitationFault,
  Clause,
  Hit,
  Law,
  Mark,
  Numbering,
  Paragraph,
  Standing,
  Statute,
} from './model'

const DIGITS = '零一二三四五六七八九'
const UNITS: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 }
const NUMERAL = '[零〇一二三四五六七八九十百千]{1,9}'
const NUMBER = `([0-9]{1,4}|${NUMERAL})`

const CITATION = /^([a-z][a-z0-9]{1,15})@([0-9]{4}-[0-9]{2}-[0-9]{2})#([0-9.]+)$/
const CLAUSE = /^([1-9][0-9]{0,3})(?:\.(0|[1-9][0-9]{0,3})(?:\.([1-9][0-9]{0,3}))?)?$/
const CLAUSE_WORDS = new RegExp(`第?${NUMBER}条(?:第?${NUMBER}款)?(?:第?\\(?${NUMBER}\\)?项)?`)
const ARTICLE = new RegExp(`^第(${NUMERAL})条(?:\\s+|$)(.*)$`)
const POINT = new RegExp(`^(${NUMERAL})、(.*)$`)
const ITEM = new RegExp(`^[（(]${NUMERAL}[）)](.*)$`)
const HEADING = new RegExp(`^#+\\s*(.*)$|^(第${NUMERAL}[编章节]\\s.*)$`)

/** Read a citation; the verdict names what is wrong. `standing` says if the law is known. */
export function parseCitation(text: string): Citation | CitationFault {
  const [, law, since, numbers] = CITATION.exec(text) ?? []
  if (law === undefined || since === undefined || numbers === undefined) return 'form'
  if (!isDay(since)) return 'date'
  const [, article, paragraph, item] = CLAUSE.exec(numbers) ?? []
  if (article === undefined || (paragraph === '0' && item === undefined)) return 'clause'
  const clause = { article: +article, paragraph: +(paragraph ?? 0), item: +(item ?? 0) }
  return { law, since, clause }
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
export function clauseWords({ article, paragraph, item }: Clause): string {
  const paragraphWords = paragraph ? `第${numeral(paragraph)}款` : ''
  const itemWords = item ? `第（${numeral(item)}）项` : ''
  return `第${numeral(article)}条${paragraphWords}${itemWords}`
}

/** Find a clause as people type it: 36条, 第36条第3款, 第三十六条, ９９条（四）项. */
export function readClause(text: string): Clause | null {
  const match = CLAUSE_WORDS.exec(halfWidth(text))
  if (match === null) return null
  const [article, paragraph, item] = match.slice(1, 4).map((part) => (part ? readNumber(part) : 0))
  if (!article || paragraph == null || item == null) return null
  return { article, paragraph, item }
}

/** 1 to 9999 in Chinese numerals as statutes write them: 十一, 一百零一, 一千二百六十. */
export function numeral(number: number): string {
  let words = ''
  let gap = false
  for (const [unit, word] of [[1000, '千'], [100, '百'], [10, '十'], [1, '']] as const) {
    const digit = Math.floor(number / unit) % 10
    if (digit) words += (gap && words ? '零' : '') + DIGITS.charAt(digit) + word
    gap = digit === 0
  }
  return number >= 10 && number < 20 ? words.slice(1) : words
}

/** A number in digits or Chinese numerals; null for what no statute would print (三六). */
export function readNumber(text: string): number | null {
  if (/^[0-9]+$/.test(text)) return Number(text) || null
  const plain = text.replaceAll('〇', '零')
  let total = 0
  let digit = 0
  for (const character of plain) {
    const unit = UNITS[character]
    total += unit ? (digit || 1) * unit : 0
    digit = unit ? 0 : DIGITS.indexOf(character)
  }
  total += digit
  return total && numeral(total) === plain ? total : null
}

/** How a citation may be used on a day: 现行有效, 尚未施行, 已修改, 待核对 or unknown. */
export function standing(laws: readonly Law[], citation: Citation, on: string): Standing {
  const law = laws.find((one) => one.id === citation.law && one.in_force === citation.since)
  if (law === undefined) return 'unknown'
  if (law.until !== null && law.until <= on) return 'superseded'
  if (on < law.in_force) return 'not_yet'
  return law.unchecked.includes(citation.clause.article) ? 'unchecked' : 'in_force'
}

/**
 * Cut a statute in Markdown or plain text into articles, paragraphs and items. A statute starts its
 * articles with 第…条, a standard its points with 一、; what stands before the first is left out.
 */
export function splitStatute(text: string): Article[] {
  const lines = text.split('\n').map((line) => line.trim()).filter((line) => line !== '')
  const articleHead = lines.some((line) => ARTICLE.test(line)) ? ARTICLE : POINT
  const articles: Article[] = []
  let heading = ''
  for (const line of lines) {
    const title = HEADING.exec(line)
    const [, numberWords, opening] = articleHead.exec(line) ?? []
    const number = numberWords === undefined ? null : readNumber(numberWords)
    const last = articles.at(-1)
    if (title) heading = title[1] || title[2] || ''
    else if (number) articles.push({ number, heading, paragraphs: opening ? [plain(opening)] : [] })
    else if (last) articles[articles.length - 1] = withLine(last, line)
  }
  return articles
}

/** Every clause of an article that can be cited, in order, with its text. */
export function clauses(article: Article): { clause: Clause; text: string }[] {
  const single = article.paragraphs.length === 1
  return article.paragraphs.flatMap((paragraph, index) =>
    [paragraph.text, ...paragraph.items].map((text, item) => ({
      clause: { article: article.number, paragraph: single ? 0 : index + 1, item },
      text,
    })),
  )
}

/** The text a citation points to, items included; null when there is no such clause. */
export function clauseText(articles: readonly Article[], clause: Clause): string | null {
  const article = articles.find((one) => one.number === clause.article)
  if (article === undefined) return null
  if (!clause.paragraph && !clause.item) return article.paragraphs.map(whole).join('\n')
  const found = clauses(article).find((one) => sameClause(one.clause, clause))
  if (found === undefined || clause.item) return found?.text ?? null
  return article.paragraphs.slice(clause.paragraph - 1, clause.paragraph).map(whole).join('')
}

/**
 * Articles that hold every word of the query, those with all words in one clause first. A word may
 * be a title or a clause (36条). A phrase that is nowhere is tried again in words of two characters.
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

function scan(library: readonly Statute[], words: readonly string[]): Hit[] {
  if (words.length === 0) return []
  const close: Hit[] = []
  const far: Hit[] = []
  for (const { law, articles } of library) {
    const open = words.filter((word) => !law.title.includes(word))
    const texts = open.filter((word) => readClause(word) === null)
    const wanted = open.map(readClause).filter((clause) => clause !== null)
    for (const article of articles) {
      if (wanted.some((clause) => clause.article !== article.number)) continue
      const found = clauses(article).map((one) => ({ ...one, n: count(one.text, texts) }))
      if (count(found.map(({ text }) => text).join('\n'), texts) < texts.length) continue
      const touched = found.filter(({ n }) => n > 0).map(({ clause }) => clause)
      const place = found.some(({ n }) => n === texts.length) ? close : far
      place.push({ law: law.id, since: law.in_force, article: article.number, clauses: touched })
    }
  }
  return [...close, ...far]
}

function splitQuery(query: string): string[] {
  return halfWidth(query).split(/\s+/).filter((word) => word !== '')
}

function count(text: string, words: readonly string[]): number {
  return words.filter((word) => text.includes(word)).length
}

function pairs(word: string): string[] {
  const characters = [...word]
  if (characters.length <= 3 || readClause(word) !== null) return [word]
  const starts = characters.flatMap((_, index) => (index % 2 === 0 ? [index] : []))
  return starts.map((start) => characters.slice(start, start + 2).join(''))
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

function halfWidth(text: string): string {
  return text.replace(/[０-９（）．＃＠]/g, (wide) =>
    String.fromCharCode(wide.charCodeAt(0) - 0xfee0),
  )
}

function dotted(clause: Clause): string {
  const numbers = [clause.article, clause.paragraph, clause.item]
  while (numbers.at(-1) === 0) numbers.pop()
  return numbers.join('.')
}

function isDay(text: string): boolean {
  const instant = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(text)
}
