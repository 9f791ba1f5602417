/** Finding an enterprise in the register the phone carries, and its plain properties in words. */

import type { Enterprise, PackValue } from '@contract/records'

import { normaliseCreditCode } from './rules'

export const MOST_FOUND = 60

interface Sector {
  readonly id: string
  readonly title: string
}

/** How well a row answers: its name begins so, its name, its code, its address. */
type Rank = 0 | 1 | 2 | 3

/** What is searched of a row, made ready once: 20,000 rows are looked through at each key. */
interface Ready {
  readonly name: string
  readonly code: string
  readonly address: string
}

const READY = new WeakMap<Enterprise, Ready>()

/**
 * Each word must stand in name, short name, credit code or address; names before codes before
 * addresses, then by name. Without a word the register is shown from its beginning.
 * A row taken back from the register is not found.
 */
export function searchEnterprises(
  rows: Iterable<Enterprise>,
  text: string,
): readonly Enterprise[] {
  const words = text.trim().split(/\s+/).filter(Boolean).map(normaliseCreditCode)
  const found: Enterprise[][] = [[], [], [], []]
  for (const row of rows) {
    const rank = row.withdrawn === true ? null : rankOf(row, words)
    if (rank !== null) found[rank]?.push(row)
  }
  const { compare } = new Intl.Collator('zh-CN')
  const best: Enterprise[] = []
  for (const group of found) {
    const some = group.slice(0, MOST_FOUND - best.length)
    best.push(...some.sort((one, two) => compare(one.name, two.name)))
  }
  return best
}

export function enterpriseByCode(rows: Iterable<Enterprise>, code: string): Enterprise | null {
  return [...rows].find((row) => row.code === code && row.withdrawn !== true) ?? null
}

/** 「启明精细化工」, or the whole name where no short one is known. */
export function shortName(enterprise: Enterprise | undefined): string {
  return enterprise?.short_name || enterprise?.name || ''
}

/** The pack's title of a sector; empty where it names none. */
export function sectorTitle(packs: ReadonlyMap<string, PackValue>, sector: string): string {
  const rows = JSON.parse(packs.get('table.sector')?.json ?? '[]') as readonly Sector[]
  return rows.find(({ id }) => id === sector)?.title ?? ''
}

/** The worst of its words; null where one stands nowhere. */
function rankOf(row: Enterprise, words: readonly string[]): Rank | null {
  const ready = readyOf(row)
  let rank: Rank = 0
  for (const word of words) {
    const one = rankOfWord(ready, word)
    if (one === null) return null
    if (one > rank) rank = one
  }
  return rank
}

function rankOfWord({ name, code, address }: Ready, word: string): Rank | null {
  const at = name.indexOf(word)
  if (at >= 0) return at === 0 ? 0 : 1
  if (code.includes(word)) return 2
  return address.includes(word) ? 3 : null
}

function readyOf(row: Enterprise): Ready {
  const known = READY.get(row)
  if (known) return known
  const { name, short_name: short = '', code, address = '' } = row
  const made = {
    name: normaliseCreditCode(`${name}/${short}`),
    code: normaliseCreditCode(code),
    address: normaliseCreditCode(address),
  }
  READY.set(row, made)
  return made
}
