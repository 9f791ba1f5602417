/** What the statute library holds and how a clause is named. Dates are YYYY-MM-DD. */

export type CitationFault = 'form' | 'date' | 'clause'
export type Standing =
  | 'in_force'
  | 'not_yet'
  | 'superseded'
  | 'repealed'
  | 'unchecked'
  | 'unknown'

/** Statutes number 条, 款, 项; national standards number sections (3.0.1). */
export type Numbering = 'articles' | 'sections'

/**
 * One version of a statute, regulation or standard; `id` and `in_force` together name it. `until`
 * is the first day it no longer applied. `unchecked` lists articles shown as 待核对.
 */
export interface Law {
  readonly id: string
  readonly title: string
  readonly short: string
  readonly in_force: string
  readonly source: string
  readonly until: string | null
  readonly unchecked: readonly number[]
  readonly numbering: Numbering
}

/**
 * 条, 款, 项. Paragraph 0: the article has one paragraph, which law does not number. `insert` n:
 * 第…条之n, an article an amendment put in after it.
 */
export interface Clause {
  readonly article: number
  readonly paragraph: number
  readonly item: number
  readonly insert?: number
}

/** A clause of one version of a law: `<law>@<in force since>#<article>.<paragraph>.<item>`. */
export interface Citation {
  readonly law: string
  readonly since: string
  readonly clause: Clause
}

/** 款 with its 项, the numerals of the items taken off. */
export interface Paragraph {
  readonly text: string
  readonly items: readonly string[]
}

/** 条, with the headings it stands under, 编 before 章 before 节. `insert` n: 第…条之n. */
export interface Article {
  readonly number: number
  readonly heading: string
  readonly insert?: number
  readonly paragraphs: readonly Paragraph[]
}

/** One version of a law with its text. */
export interface Statute {
  readonly law: Law
  readonly articles: readonly Article[]
}

/** An article found by search, and the clauses in it that hold a word of the query. */
export interface Hit {
  readonly law: string
  readonly since: string
  readonly article: number
  readonly clauses: readonly Clause[]
  readonly insert?: number
}

/** A stretch of text, in UTF-16 units, that a screen marks. */
export interface Mark {
  readonly from: number
  readonly to: number
}
