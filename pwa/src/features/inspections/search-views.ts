/** One search over all an officer may look for: enterprises, dossiers, law, colleagues. */

import type { Enterprise, Officer } from '@contract/records'
import type { RouteLocationRaw } from 'vue-router'

import { searchEnterprises } from '@/features/enterprises/public'
import { type Library, placeOfArticle, searchCards } from '@/features/law/public'
import type { Store } from '@/store/types'

export type Kind = 'enterprise' | 'dossier' | 'law' | 'person'

/** One thing found. A colleague has no page: his line says where he sits and his telephone. */
export interface Line {
  readonly kind: Kind
  readonly id: string
  readonly title: string
  readonly note: string
}

export interface Group {
  readonly kind: Kind
  readonly title: string
  readonly lines: readonly Line[]
  /** How many there are besides. */
  readonly more: number
}

export interface Sources {
  readonly enterprises: Iterable<Enterprise>
  readonly officers: Iterable<Officer>
  readonly library: Library
  /** What this device or the server found; the search of dossiers differs between the two. */
  readonly dossiers: readonly Line[]
}

export const KIND_TITLES: Readonly<Record<Kind, string>> = {
  enterprise: '企业',
  dossier: '卷宗与文书',
  law: '法规',
  person: '本局人员',
}
const MOST_LINES = 6

/** Groups that hold something, in a fixed order. */
export function searchAll(sources: Sources, query: string, today: string): readonly Group[] {
  const words = query.trim()
  if (words === '') return []
  return [
    groupOf('enterprise', searchEnterprises(sources.enterprises, words).map(enterpriseLine)),
    groupOf('dossier', sources.dossiers),
    groupOf('law', lawLines(sources.library, words, today)),
    groupOf('person', peopleLines(sources.officers, words)),
  ].filter(({ lines }) => lines.length > 0)
}

/** Dossiers this device carries, by unit or by the number of a paper. */
export function carriedDossiers(store: Store, query: string): readonly Line[] {
  const words = query.trim()
  if (words === '') return []
  return store.dossiers('inspection').flatMap((id): Line[] => {
    const [inspection] = store.records(id, 'inspection')
    const unit = inspection?.values.unit?.name ?? ''
    const numbers = store.records(id, 'number').map(({ values }) => values.text ?? '')
    const found = numbers.filter((text) => text.includes(words))
    if (found.length === 0 && !unit.includes(words)) return []
    const day = inspection?.values.planned_for?.slice(0, 10) ?? ''
    return [{ kind: 'dossier', id, title: unit, note: found.join('、') || day }]
  })
}

/** Where a line leads at the desk and on the phone, by ids alone; null for a colleague. */
export function placeOfLine({ kind, id }: Line, desk: boolean): RouteLocationRaw | null {
  if (kind === 'enterprise') {
    if (desk) return { name: 'desk.enterprises', query: { enterprise: id } }
    return { name: 'field.enterprise', params: { id } }
  }
  if (kind === 'dossier') return { name: desk ? 'desk.dossier' : 'visit.home', params: { id } }
  if (kind === 'law') {
    const { params, query } = placeOfArticle(id)
    if (desk) return { name: 'desk.law', query: { ...query, law: params.law } }
    return { name: 'field.law', params, query }
  }
  return null
}

function groupOf(kind: Kind, lines: readonly Line[]): Group {
  const shown = lines.slice(0, MOST_LINES)
  return { kind, title: KIND_TITLES[kind], lines: shown, more: lines.length - shown.length }
}

function enterpriseLine({ id, name, code, address = '' }: Enterprise): Line {
  return { kind: 'enterprise', id, title: name, note: [code, address].filter(Boolean).join(' · ') }
}

function lawLines(library: Library, words: string, today: string): readonly Line[] {
  return searchCards(library, [], words, today).map(({ key, title, choices }) => ({
    kind: 'law',
    id: key,
    title,
    note: (choices[0]?.text ?? '').slice(0, 40),
  }))
}

function peopleLines(officers: Iterable<Officer>, words: string): readonly Line[] {
  return [...officers]
    .filter(({ active }) => active !== false) // a row leaves out what is as usual
    .filter(({ name, section_name: section }) => `${name} ${section}`.includes(words))
    .map(({ id, name, section_name: section, phone }) => ({
      kind: 'person',
      id,
      title: name,
      note: [section, phone].filter(Boolean).join(' · '),
    }))
}
