/** What of plans a phone carries in the packs register. */

import type { PackValue } from '@contract/records'

import type { CapScheme } from './rules'

/** The version of the item list that is in force; empty before the packs register is here. */
export function listVersion(packs: ReadonlyMap<string, PackValue>): string {
  return JSON.parse(packs.get('item_list.version')?.json ?? '""') as string
}

/** The jurisdiction's caps as this phone carries them; null before the packs register is here. */
export function capSchemeOf(packs: ReadonlyMap<string, PackValue>): CapScheme | null {
  const [scheme] = JSON.parse(packs.get('table.cap')?.json ?? '[]') as readonly CapScheme[]
  return scheme ?? null
}
