/** Where what an order or a recheck lacks is written. */

import type { RouteLocationRaw } from 'vue-router'

import type { Lacking } from '@/features/documents/public'
import { addressOf, type Lack, type View } from '@/features/inspections/public'

/** Fields of a problem that the finding calls otherwise. */
const FINDING_PARTS: Readonly<Record<string, string>> = { text: 'problem', due: 'rectify_by' }
const SCREENS: Readonly<Record<string, string>> = {
  document: 'doc.list',
  documents: 'doc.list',
  findings: 'visit.home',
  officers: 'recheck.home',
  recheck: 'recheck.home',
}

/** Where a field of the order is written, by its dotted path; `findings` in the order's own order. */
export function orderPlace(
  dossier: string,
  findings: readonly string[],
  path: string,
): RouteLocationRaw {
  const [field, at, part = ''] = path.split('.')
  const finding = findings[Number(at)]
  if (field === 'problems' && finding) {
    const query = { at: FINDING_PARTS[part] ?? part }
    return { name: 'visit.finding', params: { id: dossier, finding }, query }
  }
  return field === 'party' ? receptionAt(dossier) : { name: 'visit.record', params: { id: dossier } }
}

/** Where a field of the opinion is written, by its dotted path. */
export function opinionPlace(dossier: string, path: string): RouteLocationRaw {
  const isParty = path.startsWith('party')
  return isParty ? receptionAt(dossier) : { name: 'recheck.home', params: { id: dossier } }
}

function receptionAt(dossier: string): RouteLocationRaw {
  return { name: 'visit.arrive', params: { id: dossier }, query: { at: 'reception' } }
}

export function wanting(
  dossier: string,
  view: View,
  missing: readonly Lack[],
): readonly Lacking[] {
  return missing.map((lack) => ({
    says: lack.says,
    verb: lack.verb,
    to: placeOf(dossier, view, lack),
    conflict: lack.go === 'conflicts',
  }))
}

function placeOf(dossier: string, view: View, { go, record }: Lack): RouteLocationRaw {
  const [place = '', at = ''] = go.split(':')
  if (place === 'finding') {
    return { name: 'visit.finding', params: { id: dossier, finding: record }, query: { at } }
  }
  return disputedAt(dossier, view, place, record) ?? {
    name: SCREENS[place] ?? 'visit.home',
    params: { id: dossier },
    query: place === 'document' ? { kind: at } : {},
  }
}

function disputedAt(
  dossier: string,
  view: View,
  place: string,
  record: string,
): RouteLocationRaw | null {
  if (place !== 'conflicts') return null
  const entity = view.draft?.some(({ id }) => id === record) ? 'draft' : 'finding'
  const held = view[entity]?.find(({ id }) => id === record)
  const field = held?.conflicts?.[0]
  if (field === undefined) return null
  return { name: 'field.conflict', params: { id: addressOf({ dossier, entity, record, field }) } }
}
