/** Where a coach line leads: `go` of the stage table as a route. */

import type { RouteLocationRaw } from 'vue-router'

import type { Held, Lack, View } from './model'
import { live } from './rules/view'

type Settled = 'inspection' | 'check' | 'finding' | 'draft'

/** What a field of the paper is the copy of, as `go` of the stage table. */
const FIELDS: Readonly<Record<string, string>> = {
  officers: 'officers',
  party: 'step:reception',
  place: 'inspection:premises',
  situation: 'inspection:situation',
}
const SETTLED: readonly Settled[] = ['inspection', 'check', 'finding', 'draft']

export function placeOf(
  view: View,
  dossier: string,
  lack: Pick<Lack, 'go' | 'record'>,
): RouteLocationRaw {
  const [place = '', at = ''] = lack.go.split(':')
  const within = (name: string, query: Record<string, string> = {}): RouteLocationRaw => {
    return { name, params: { id: dossier }, query }
  }
  switch (place) {
    case 'finding':
      return { ...findingAt(dossier, lack.record), query: { at } }
    case 'checklist':
      return lack.record ? checkAt(dossier, lack.record) : within('visit.list')
    case 'exchange':
      return within('visit.exchange')
    case 'end':
      return within('visit.end')
    case 'inspection':
    case 'addendum':
      return within('visit.record', { at })
    case 'conflicts':
      return conflictPlace(view, dossier, lack.record) ?? within('visit.home')
    case 'document':
    case 'documents':
      return within('doc.list', at ? { kind: at } : {})
    case 'scan':
      return { name: 'field.scan', query: { dossier } }
    case 'recheck':
      return within('recheck.home')
    case 'findings':
      return within('visit.home')
    default:
      return within('visit.arrive', { at: at || place })
  }
}

/** Where a field of the record is written, by its dotted path. */
export function recordPlace(view: View, dossier: string, path: string): RouteLocationRaw {
  const go = FIELDS[path.split('.')[0] ?? ''] ?? 'inspection:unit'
  return placeOf(view, dossier, { go, record: '' })
}

export function findingAt(
  id: string,
  finding: string,
): { name: string; params: { id: string; finding: string } } {
  return { name: 'visit.finding', params: { id, finding } }
}

export function checkAt(id: string, check: string): RouteLocationRaw {
  return { name: 'visit.check', params: { id, check } }
}

/** The first register of a record with two versions; of any record where none is named. */
export function conflictPlace(
  view: View,
  dossier: string,
  record: string,
  field?: string,
): RouteLocationRaw | null {
  for (const entity of SETTLED) {
    const found = (live(view, entity) as readonly Held[]).find(
      (each) => (each.conflicts ?? []).length > 0 && (record === '' || each.id === record),
    )
    const register = field ?? found?.conflicts?.[0]
    if (found && register) {
      const id = [dossier, entity, found.id, register].join('~')
      return { name: 'field.conflict', params: { id } }
    }
  }
  return null
}
