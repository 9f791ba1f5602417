/**
 * A cited version that is no longer in force, and the clause of the version after it that says the
 * same. Articles are renumbered by amendments, so the successor is found by its words.
 */

import type { Clause, Law, Standing } from './model'
import { clauses, formatCitation, parseCitation, standing } from './rules'
import { type Library, quoteOf, wordsOf } from './views'

/** One clause of one version, in words; `text` is null where this device does not hold it. */
export interface Wording {
  readonly citation: string
  readonly words: string
  readonly since: string
  readonly text: string | null
}

/** `newer` is null where the law ended without a successor. */
export interface Renewal {
  readonly standing: Standing
  readonly cited: Wording
  readonly newer: Wording | null
}

/** Below this share of common pairs two texts are not the same rule. */
const LEAST_ALIKE = 0.3

/** What stands in the way of citing this on a day; null where it may be cited. */
export function renewalOf(library: Library, text: string, on: string): Renewal | null {
  const citation = parseCitation(text)
  if (typeof citation === 'string') return null
  const stands = standing(library.laws, citation, on)
  if (stands !== 'superseded' && stands !== 'repealed') return null
  const law = inForceOn(library.laws, citation.law, on)
  const cited = wordingOf(library, text)
  return { standing: stands, cited, newer: law ? newerOf(library, law, citation.clause, cited) : null }
}

export function renewalsOf(
  library: Library,
  citations: readonly string[],
  on: string,
): readonly Renewal[] {
  return citations.flatMap((citation) => renewalOf(library, citation, on) ?? [])
}

/** The version of a law that holds on a day. */
function inForceOn(laws: readonly Law[], id: string, on: string): Law | undefined {
  return laws.find(
    (law) => law.id === id && law.in_force <= on && (law.until === null || law.until > on),
  )
}

function newerOf(library: Library, law: Law, clause: Clause, cited: Wording): Wording | null {
  const same = { law: law.id, since: law.in_force, clause }
  const alike = cited.text === null ? null : mostAlike(library, law, cited.text)
  if (alike) return wordingOf(library, formatCitation({ ...same, clause: alike }))
  const text = formatCitation(same)
  return quoteOf(library, text) === null && isHeld(library, law) ? null : wordingOf(library, text)
}

function isHeld(library: Library, law: Law): boolean {
  return library.texts.some((one) => one.law === law)
}

function mostAlike(library: Library, law: Law, text: string): Clause | null {
  const articles = library.texts.find((one) => one.law === law)?.articles ?? []
  const wanted = pairsOf(text)
  let best: Clause | null = null
  let score = LEAST_ALIKE
  for (const one of articles.flatMap(clauses)) {
    const alike = likeness(wanted, pairsOf(one.text))
    if (alike > score) [best, score] = [one.clause, alike]
  }
  return best
}

/** Share of common pairs of characters, 0 to 1 (Dice). */
function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const common = [...one].filter((pair) => other.has(pair)).length
  return one.size + other.size === 0 ? 0 : (2 * common) / (one.size + other.size)
}

function pairsOf(text: string): ReadonlySet<string> {
  const plain = text.replace(/[^\p{L}\p{N}]/gu, '')
  return new Set([...plain].slice(1).map((character, at) => plain.charAt(at) + character))
}

function wordingOf(library: Library, citation: string): Wording {
  const read = parseCitation(citation)
  const since = typeof read === 'string' ? '' : read.since
  return {
    citation,
    words: wordsOf(library.laws, citation),
    since,
    text: quoteOf(library, citation),
  }
}
