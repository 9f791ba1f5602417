/**
 * Registers the server alone writes (`ref.<kind>.<bureau>[.<district>]`), carried for work offline:
 * plain maps by the rows' own ids, made when first asked for.
 */

import { member, type ServerRecord } from '@sync'

import { isRegister, type Memory } from './memory'
import type { Entity, Register, RowOf } from './types'

type AnyRow = { readonly id: string }

export interface Registers {
  register<E extends Entity>(kind: string, entity: E, asOf: number): Register<E>
  /**
   * First arrival of registers, or their reading at the unlock; null when complete. The total is a
   * ceiling: rows, not records.
   */
  loading(): { readonly done: number; readonly total: number } | null
  forget(dossiers: Iterable<string>): void
}

/** They lie on this phone and are being read. */
const READING = { done: 0, total: 1 }

export function registersOf(memory: Memory): Registers {
  const made = new Map<string, ReadonlyMap<string, AnyRow>>()
  return {
    register: <E extends Entity>(kind: string, entity: E, asOf: number) => {
      const name = `${kind}/${entity}`
      const rows = made.get(name) ?? rowsOf(memory, kind, entity)
      made.set(name, rows)
      return { rows: rows as ReadonlyMap<string, RowOf<E>>, asOf }
    },
    loading: () => {
      if (!memory.readWhole) return READING
      const registers = [...memory.carried.values()].filter(({ dossier }) => isRegister(dossier))
      if (registers.every(({ snapshot }) => snapshot === null)) return null
      const done = registers.reduce((sum, { records }) => sum + records.size, 0)
      const total = registers.reduce((sum, { cursor }) => sum + cursor, 0)
      return { done, total: Math.max(done, total) }
    },
    forget: (dossiers) => {
      const kinds = new Set([...dossiers].filter(isRegister).map(kindOf))
      for (const name of made.keys()) {
        if (kinds.has(name.split('/')[0])) made.delete(name)
      }
    },
  }
}

function rowsOf(memory: Memory, kind: string, entity: string): ReadonlyMap<string, AnyRow> {
  const carried = [...memory.carried.values()]
  const chosen = carried.filter(({ dossier }) => isRegister(dossier) && kindOf(dossier) === kind)
  const records = chosen.flatMap((each) => [...each.records.values()])
  const rows = records
    .filter((record) => record.entity === entity && valueOf(record, 'withdrawn') === null)
    .flatMap((record) => (valueOf(record, 'record') as AnyRow | null) ?? [])
  return new Map(rows.map((row) => [row.id, row]))
}

/** The server is the only author, so there is one head. */
function valueOf({ fields }: ServerRecord, name: string): unknown {
  const field = member(fields, name)
  return (field && 'heads' in field ? field.heads.at(-1)?.value : null) ?? null
}

function kindOf(dossier: string): string | undefined {
  return dossier.split('.')[1]
}
