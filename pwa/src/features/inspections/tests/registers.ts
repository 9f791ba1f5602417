/** A real store whose registers hold given rows: the simulated server publishes none. */

import type {
  Enterprise,
  EnterpriseSummary,
  Item,
  Officer,
  PackValue,
  ServerKey,
} from '@contract/records'

import type { Store } from '@/store/types'

export interface Rows {
  readonly enterprise?: readonly Enterprise[]
  readonly enterprise_summary?: readonly EnterpriseSummary[]
  readonly officer?: readonly Officer[]
  readonly item?: readonly Item[]
  readonly pack?: readonly PackValue[]
  readonly server_key?: readonly ServerKey[]
}

export function withRegisters(store: Store, rows: Rows): Store {
  const register = ((_: string, entity: keyof Rows) => {
    const found = (rows[entity] ?? []) as readonly { readonly id: string }[]
    return { rows: new Map(found.map((row) => [row.id, row])), asOf: 0 }
  }) as unknown as Store['register']
  return Object.assign(Object.create(store) as Store, { register })
}

export function pack(id: string, value: unknown): PackValue {
  return { id, json: JSON.stringify(value), source: 'test', in_force: '2026-01-01' }
}

export function officer(id: string, name: string, scope = ['hazardous_chemicals']): Officer {
  const certificate = { number: `n-${id}`, scope, issued: '2025-01-01', until: '2027-12-31' }
  const post = { section: 'sec', section_name: '危化科', roles: ['R1'] }
  return { id, name, ...post, certificate, phone: `0994-${id}` }
}
