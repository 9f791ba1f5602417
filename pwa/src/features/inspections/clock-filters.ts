/** Which clocks of the board are shown, and the same as a table to hand on. */

import type { LocationQuery } from 'vue-router'

import type { Store } from '@/store/types'
import type { Option } from '@/ui/options'

import type { DueCard } from './desk-views'

export const FILTERS = ['section', 'officer', 'rule'] as const
export type Filter = (typeof FILTERS)[number]
/** A name not in it: all of them. */
export type Chosen = Partial<Readonly<Record<Filter, string>>>

const VALUES: Readonly<Record<Filter, (card: DueCard) => readonly string[]>> = {
  section: ({ section }) => (section ? [section] : []),
  officer: ({ officerIds }) => officerIds,
  rule: ({ rule }) => [rule],
}

/** As the address has it. */
export function chosenIn(query: LocationQuery): Chosen {
  const given = FILTERS.map((name) => [name, query[name]] as const)
  return Object.fromEntries(given.filter(([, value]) => typeof value === 'string' && value !== ''))
}

export function chosenCards(cards: readonly DueCard[], chosen: Chosen): readonly DueCard[] {
  const fits = (card: DueCard, name: Filter): boolean => {
    const wanted = chosen[name]
    return wanted === undefined || VALUES[name](card).includes(wanted)
  }
  return cards.filter((card) => FILTERS.every((name) => fits(card, name)))
}

/** What the cards can be told apart by, in the order of their names; what has none is left out. */
export function choicesOf(cards: readonly DueCard[], name: Filter, store: Store): readonly Option[] {
  const label = labelling(cards, name, store)
  const values = [...new Set(cards.flatMap(VALUES[name]))]
  return values
    .flatMap((value) => {
      const words = label(value)
      return words ? [{ value, label: words }] : []
    })
    .sort((one, two) => one.label.localeCompare(two.label, 'zh-CN'))
}

function labelling(
  cards: readonly DueCard[],
  name: Filter,
  store: Store,
): (value: string) => string | undefined {
  const { rows } = store.register('officers', 'officer')
  if (name === 'officer') return (value) => rows.get(value)?.name
  if (name === 'rule') return (value) => cards.find(({ rule }) => rule === value)?.title
  const sections = new Map([...rows.values()].map((each) => [each.section, each.section_name]))
  return (value) => sections.get(value)
}

const COLUMNS: readonly (readonly [title: string, of: (card: DueCard) => string])[] = [
  ['还剩', ({ left }) => left],
  ['事项', ({ title }) => title],
  ['企业', ({ unit }) => unit],
  ['承办人', ({ officers }) => officers],
  ['日期', ({ day }) => day],
  ['提醒', ({ told }) => told],
]

/** RFC 4180; the mark in front tells spreadsheets that it is UTF-8. */
export function clockTable(cards: readonly DueCard[]): string {
  const rows = cards.map((card) => COLUMNS.map(([, of]) => of(card)))
  const lines = [COLUMNS.map(([title]) => title), ...rows].map((row) => row.map(quoted).join(','))
  return `\uFEFF${lines.join('\r\n')}\r\n`
}

/** A cell that begins like a formula is told by an apostrophe to be text. */
function quoted(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return `"${safe.replaceAll('"', '""')}"`
}
