import { readFileSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import type {
  Article,
  Citation,
  CitationFault,
  Clause,
  Hit,
  Law,
  Numbering,
  Standing,
} from './model'
import {
  citationWords,
  clauseText,
  formatCitation,
  marks,
  numeral,
  parseCitation,
  readClause,
  readNumber,
  search,
  splitStatute,
  standing,
  succession,
} from './rules'

interface Vectors {
  readonly parse: readonly {
    readonly name: string
    readonly text: string
    readonly expect: Citation | CitationFault
    readonly words: string | null
    readonly numbering: Numbering
  }[]
  readonly numeral: readonly { readonly number: number; readonly words: string }[]
  readonly read: readonly { readonly text: string; readonly clause: Clause | null }[]
  readonly split: readonly {
    readonly name: string
    readonly text: string
    readonly articles: Article[]
  }[]
  readonly clause_text: readonly { readonly clause: Clause; readonly text: string | null }[]
  readonly law: Law
  readonly search: readonly {
    readonly query: string
    readonly limit: number
    readonly hits: Hit[]
  }[]
  readonly by_number: {
    readonly laws: readonly { readonly law: Partial<Law>; readonly text: string }[]
    readonly cases: readonly { readonly query: string; readonly hits: readonly string[] }[]
  }
  readonly standing: readonly {
    readonly citation: string
    readonly on: string
    readonly standing: Standing
  }[]
  readonly succession: readonly {
    readonly name: string
    readonly laws: readonly Partial<Law>[]
    readonly until: Readonly<Record<string, string | null>>
  }[]
  readonly standing_among: Vectors['standing']
}

const url = new URL('../../../../sync/vectors/citation.json', import.meta.url)
const vectors = JSON.parse(readFileSync(url, 'utf8')) as Vectors
const withDefaults = (law: Partial<Law>): Law =>
  ({ until: null, unchecked: [], numbering: 'articles', ...law }) as Law
const numbered = vectors.by_number.laws.map(({ law, text }) => ({
  law: withDefaults(law),
  articles: splitStatute(text),
}))
const named = ({ law, article, insert }: Hit): string =>
  `${law}#${article}${insert ? `-${insert}` : ''}`
const sample = { law: vectors.law, articles: splitStatute(vectors.split[0]?.text ?? '') }

describe('a citation', () => {
  it.each(vectors.parse)('$name', ({ text, expect: expected, words, numbering }) => {
    const citation = parseCitation(text)
    expect(citation).toEqual(expected)
    if (typeof citation === 'string') return
    expect(formatCitation(citation)).toBe(text)
    expect(citationWords(citation.clause, '某法', numbering)).toBe(words)
  })

  it.each(vectors.standing)('$citation on $on: $standing', (one) => {
    const citation = parseCitation(one.citation)
    if (typeof citation === 'string') throw new Error(citation)
    expect(standing([vectors.law], citation, one.on)).toBe(one.standing)
  })
})

describe('numbers both ways', () => {
  it.each(vectors.numeral)('$number is $words', ({ number, words }) => {
    expect(numeral(number)).toBe(words)
    expect(readNumber(words)).toBe(number)
  })

  it('every numeral reads back', () => {
    for (let number = 1; number < 10000; number += 1)
      if (readNumber(numeral(number)) !== number) throw new Error(`${number}`)
    expect(readNumber('〇')).toBeNull()
  })

  it.each(vectors.read)('$text', ({ text, clause }) => {
    expect(readClause(text)).toEqual(clause)
  })
})

describe('a statute', () => {
  it.each(vectors.split)('is cut into clauses: $name', ({ text, articles }) => {
    expect(splitStatute(text)).toEqual(articles)
  })

  it.each(vectors.clause_text)('has one name for $clause', ({ clause, text }) => {
    expect(clauseText(sample.articles, clause)).toBe(text)
  })
})

describe('search by scan', () => {
  it.each(vectors.search)('“$query”', ({ query, limit, hits }) => {
    expect(search([sample], query, limit)).toEqual(hits)
  })

  it.each(vectors.by_number.cases)('an article by its number: “$query”', ({ query, hits }) => {
    expect(search(numbered, query, 9).map(named)).toEqual(hits)
  })

  it('marks every word of the query, of a phrase its pairs, of a clause nothing', () => {
    const text = '不得关闭、破坏报警装置'
    const marked = [
      { from: 2, to: 4 },
      { from: 7, to: 9 },
    ]
    expect(marks(text, '关闭 报警')).toEqual(marked)
    expect(marks(text, '关闭报警')).toEqual(marked)
    expect(marks(text, '36条')).toEqual([])
    expect(marks('应当在30日内整改', '30')).toEqual([{ from: 3, to: 5 }])
  })
})

describe('versions of one law', () => {
  it.each(vectors.succession)('$name', ({ laws, until }) => {
    const ended = succession(laws.map(withDefaults))
    expect(Object.fromEntries(ended.map((law) => [`${law.id}@${law.in_force}`, law.until]))).toEqual(
      until,
    )
  })

  it.each(vectors.standing_among)('$citation on $on: $standing', (one) => {
    const citation = parseCitation(one.citation)
    if (typeof citation === 'string') throw new Error(citation)
    const laws = succession((vectors.succession[0]?.laws ?? []).map(withDefaults))
    expect(standing(laws, citation, one.on)).toBe(one.standing)
  })
})
