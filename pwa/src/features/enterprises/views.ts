/** Finding an enterprise in the register the phone carries, and its plain properties in words. */

import type { Enterprise, PackValue } from '@contract/records'

import { normaliseCreditCode } from './rules'

export const MOST_FOUND = 60

interface Sector {
  readonly id: string
  readonly title: string
}

/**
 * Each word must stand in name, short name or credit code; the first by name without a word.
 * A row taken back from the register is not found.
 */
export function searchEnterprises(
  rows: Iterable<Enterprise>,
  text: string,
): readonly Enterprise[] {
  const words = text.trim().split(/\s+/).filter(Boolean).map(normaliseCreditCode)
  return [...rows]
    .filter((row) => row.withdrawn !== true && words.every((word) => matches(row, word)))
    .sort((one, two) => one.name.localeCompare(two.name, 'zh-CN'))
    .slice(0, MOST_FOUND)
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

function matches({ name, short_name: short = '', code }: Enterprise, word: string): boolean {
  return [name, short, code].some((text) => normaliseCreditCode(text).includes(word))
}
