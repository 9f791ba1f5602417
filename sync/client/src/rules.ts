/** MG3: which rule a field merges by. The table is generated from the Python declarations. */

import { member } from './json'

export type RuleName =
  | 'latest'
  | 'first'
  | 'furthest'
  | 'union'
  | 'sealed'
  | 'authority'
  | 'group'

/** `ranks` stands only with `furthest`, lowest first. */
export interface FieldRule {
  readonly rule: RuleName
  readonly ranks?: readonly string[]
}

export interface EntityRule {
  readonly creator: 'anyone' | 'opener' | 'server'
  readonly fields: { readonly [name: string]: FieldRule }
}

export interface MergeTable {
  readonly entities: { readonly [name: string]: EntityRule }
}

const LATEST: FieldRule = { rule: 'latest' }

/** The rule of one field; `latest` for what this version does not know. */
export function ruleOf(table: MergeTable, entity: string, field: string): FieldRule {
  const known = member(table.entities, entity)
  return (known && member(known.fields, field)) ?? LATEST
}
