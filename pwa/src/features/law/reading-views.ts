/** The library to read in: laws with their versions, chapters, articles. */

import type { Article, Law, Standing } from './model'
import { clauseWords } from './rules'
import { type Library, versionName } from './views'

export interface LawLine {
  readonly law: Law
  readonly standing: Standing
  /** Every version the library knows, the newest first. */
  readonly versions: readonly Law[]
  /** 0 where this device does not hold the words. */
  readonly articles: number
}

export interface Chapter {
  readonly heading: string
  readonly articles: readonly Article[]
}

export const STANDING_WORDS: Readonly<Record<Standing, string>> = {
  in_force: '现行有效',
  not_yet: '尚未施行',
  superseded: '已修改',
  repealed: '已废止',
  unchecked: '待核对',
  unknown: '待核对',
}

/** Each law once, by the version that counts on a day, in the order of titles. */
export function lawLines(library: Library, on: string): readonly LawLine[] {
  const ids = [...new Set(library.laws.map(({ id }) => id))]
  const lines = ids.flatMap((id) => lineOf(library, id, on) ?? [])
  const compare = new Intl.Collator('zh-CN').compare
  return lines.sort((one, two) => compare(one.law.short, two.law.short))
}

/** The line of one law; `version` chooses another than the one that counts. */
export function lineOf(library: Library, id: string, on: string, version = ''): LawLine | null {
  const versions = library.laws
    .filter((law) => law.id === id)
    .sort((one, two) => (one.in_force < two.in_force ? 1 : -1))
  const counts = versions.find((law) => law.in_force <= on) ?? versions.at(-1)
  const law = versions.find((one) => one.in_force === version) ?? counts
  if (law === undefined) return null
  const articles = articlesIn(library, law)
  return { law, standing: standingOf(law, versions, on), versions, articles: articles.length }
}

/** 现行有效 as a whole; 待核对 only where no article of it was compared. */
export function standingOf(law: Law, versions: readonly Law[], on: string): Standing {
  const later = versions.some((one) => one.in_force > law.in_force)
  if (law.until !== null && law.until <= on) return later ? 'superseded' : 'repealed'
  if (on < law.in_force) return 'not_yet'
  return law.unchecked.length > 0 ? 'unchecked' : 'in_force'
}

export function articlesIn(library: Library, law: Law): readonly Article[] {
  const name = versionName(law)
  return library.texts.find((one) => versionName(one.law) === name)?.articles ?? []
}

/** Articles under their headings, in order. */
export function chaptersOf(articles: readonly Article[]): readonly Chapter[] {
  const chapters: { heading: string; articles: Article[] }[] = []
  for (const article of articles) {
    const last = chapters.at(-1)
    if (last?.heading === article.heading) last.articles.push(article)
    else chapters.push({ heading: article.heading, articles: [article] })
  }
  return chapters
}

/** 第二十三条之一. */
export function articleWords({ number, insert }: Article): string {
  return clauseWords({ article: number, paragraph: 0, item: 0, ...(insert && { insert }) })
}

/** 「2021-09-01 起施行，到 2024-01-01」. */
export function spanWords({ in_force: since, until }: Law): string {
  return until === null ? `${since} 起施行` : `${since} 起施行，${until} 起不再适用`
}

/** Where an article is read: its law, its version, itself, and where the words to mark lie. */
export function placeOfArticle(
  citation: string,
  words = '',
): { readonly params: { law: string }; readonly query: Record<string, string> } {
  const [law = '', rest = ''] = citation.split('@')
  const [since = ''] = rest.split('#')
  return { params: { law }, query: { since, article: citation, ...(words && { words }) } }
}
