/** What makes a changeset the same through every new epoch. */

import type { Json } from '../../sync/client/src/index'

export interface Content {
  readonly time: string
  readonly entity: string
  readonly record: string
  readonly fields: { readonly [name: string]: { readonly value: Json } }
}

/** What of a changeset a new epoch does not change (CS11). */
export function contentOf({ time, record, entity, fields }: Content): string {
  const values = Object.entries(fields).map(([name, { value }]) => {
    const added = typeof value === 'object' && value !== null && 'add' in value ? value.add : value
    return [name, added]
  })
  return JSON.stringify([time, record, entity, values])
}
