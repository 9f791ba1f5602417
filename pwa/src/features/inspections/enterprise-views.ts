/** What an officer must know at the door: the year's visits and their cap, findings, the team. */

import type { Enterprise, Item, Officer, OpenFinding, Visit } from '@contract/records'

import { dayOf } from '@/features/deadlines/public'
import { checkCreditCode, sectorTitle } from '@/features/enterprises/public'
import { unfitness, unfitWords } from '@/features/identity/public'
import {
  capSchemeOf,
  type Grade,
  gradeOn,
  listVersion,
} from '@/features/plans/public'
import type { Person, Store } from '@/store/types'

import type { View } from './model'
import { stateOf } from './rules'
import { live } from './rules/view'
import { viewOf } from './views'
import { type Count, countOf } from './year-views'

export interface Planned {
  readonly dossier: string
  /** Of the plan, as printed. */
  readonly number: string
  readonly officers: readonly string[]
  /** Its 免限理由 was approved with it, or its kind takes no place in the year. */
  readonly exempt: boolean
  /** Of the item list it was planned with. */
  readonly version: string
  readonly equipment: readonly string[]
}

export interface EnterpriseView {
  readonly enterprise: Enterprise
  /** False: only the credit code is known. */
  readonly known: boolean
  readonly tags: readonly string[]
  readonly count: Count
  readonly open: readonly OpenFinding[]
  readonly last: Visit | null
  /** The approved visit that waits here, and its dossier. */
  readonly planned: Planned | null
  /** A visit here that already runs. */
  readonly running: string | null
  readonly items: readonly Item[]
}

/** Whether these officers may begin; `lack` says what is missing, empty if nothing. */
export interface Team {
  readonly officers: readonly Officer[]
  /** Those who count. */
  readonly fit: readonly Officer[]
  readonly faults: readonly string[]
  readonly lack: string
}

const GRADES: Readonly<Record<Grade, string>> = {
  '1': '标准化一级',
  '2': '标准化二级',
  '3': '标准化三级',
  none: '',
}
/** 行政处罚法 42(1). */
const TEAM = 2

/** `id`: of the register, or a credit code it does not know; null where it is neither. */
export function enterpriseView(store: Store, id: string, now: number): EnterpriseView | null {
  const row = store.register('enterprises', 'enterprise').rows.get(id)
  const enterprise = row ?? unknownOf(id)
  if (enterprise === null) return null
  const packs = store.register('packs', 'pack').rows
  const summary = store.register('enterprises', 'enterprise_summary').rows.get(id)
  const here = visitsHere(store, enterprise, now)
  const ofYear = dayOf(now).slice(0, 4) === `${summary?.year}` ? (summary?.visits ?? []) : []
  const visits = [...ofYear, ...ownVisits(here, ofYear, now)].sort(byDay)
  const scheme = capSchemeOf(packs)
  return {
    enterprise,
    known: row !== undefined,
    tags: tagsOf(enterprise, sectorTitle(packs, enterprise.sector), dayOf(now)),
    count: {
      ...countOf(enterprise, scheme, visits, summary?.as_of ?? 0, dayOf(now)),
      floor: floorWords(ofYear === summary?.visits ? (summary.floor_left ?? 0) : 0, here, now),
    },
    open: summary?.open_findings ?? [],
    last: [...(summary?.visits ?? []), ...visits].sort(byDay).at(-1) ?? null,
    planned: plannedHere(here, scheme?.not_counted ?? []),
    running: here.find(({ view }) => stateOf(view) === 'in_progress')?.dossier ?? null,
    items: itemsOf(store, enterprise.sector),
  }
}

/** At least two who count; whoever is named and does not is said by name. */
export function teamOf(
  officers: readonly Officer[],
  sector: { readonly id: string; readonly title: string },
  today: string,
): Team {
  const judged = officers.map((officer) => [officer, unfitness(officer, sector.id, today)] as const)
  const fit = judged.filter(([, unfit]) => unfit === null).map(([officer]) => officer)
  const faults = judged.flatMap(([officer, unfit]) => {
    return unfit === null ? [] : [unfitWords(officer, unfit, sector.title, today)]
  })
  const names = fit.map((officer) => officer.name).join('、')
  const present = names ? `现在只有${names}。` : '现在一名也没有。'
  const lack = fit.length >= TEAM ? '' : `要两名持证执法人员到场。${present}`
  return { officers, fit, faults, lack }
}

/** Who may be asked along, oneself left out. */
export function colleagues(store: Store, person: Person | null): readonly Officer[] {
  const near = ({ section }: Officer): number => Number(section === person?.section)
  return [...store.register('officers', 'officer').rows.values()]
    .filter((officer) => officer.id !== person?.officer && officer.active !== false)
    .sort((one, two) => near(two) - near(one))
}

export function namedOfficers(store: Store, ids: readonly string[]): readonly Officer[] {
  const { rows } = store.register('officers', 'officer')
  return ids.flatMap((id) => rows.get(id) ?? [])
}

interface Here {
  readonly dossier: string
  readonly view: View
}

function unknownOf(code: string): Enterprise | null {
  const verdict = checkCreditCode(code)
  if (verdict.fault !== null) return null
  return { id: '', code: verdict.code, name: '', section: '', sector: '' }
}

function visitsHere(store: Store, { id, code }: Enterprise, now: number): readonly Here[] {
  return store
    .dossiers('inspection')
    .filter((dossier) => {
      const named = store.record(dossier, 'dossier', dossier)?.values.enterprise
      return named != null && (named.id ? named.id === id : named.code === code)
    })
    .map((dossier) => ({ dossier, view: viewOf(store, dossier, now) }))
}

/** Visits of this phone that the office has not counted yet. */
function ownVisits(here: readonly Here[], known: readonly Visit[], now: number): readonly Visit[] {
  const counted = new Set(known.map((visit) => visit.dossier))
  return here.flatMap(({ dossier, view }) => {
    const inspection = live(view, 'inspection')[0]
    const day = inspection?.ended && inspection.started ? dayOf(inspection.started) : ''
    if (counted.has(dossier) || day.slice(0, 4) !== dayOf(now).slice(0, 4)) return []
    if (inspection === undefined) return []
    const [plan] = live(view, 'plan')
    const given = [plan?.exemption, ...live(view, 'arrival').map(({ exemption }) => exemption)]
    const exempt = given.find((each) => each)?.code ?? ''
    const joint = (plan?.joint ?? []).length > 0
    const { kind = '', started } = inspection
    return [{ id: dossier, dossier, day, kind, at: started ?? 0, exempt, joint }]
  })
}

/** A visit of this phone today may be the one that is asked for. */
function floorWords(left: number, here: readonly Here[], now: number): string {
  const today = here.filter(({ view }) => {
    const started = live(view, 'inspection')[0]?.started
    return started && dayOf(started) === dayOf(now)
  })
  const still = left - today.length
  return still > 0 ? `重点企业每年至少查一次，今年还差 ${still} 次。` : ''
}

function plannedHere(here: readonly Here[], notCounted: readonly string[]): Planned | null {
  const planned = here.filter(({ view }) => stateOf(view) === 'planned').sort(byPlan)[0]
  if (planned === undefined) return null
  const { dossier, view } = planned
  const { officers = [], kind = '', list_version: version = '' } = live(view, 'inspection')[0] ?? {}
  const [plan] = live(view, 'plan')
  const exempt = Boolean(plan?.exemption) || notCounted.includes(kind)
  const { number = '', equipment = [] } = plan ?? {}
  return { dossier, number, officers, exempt, version, equipment }
}

function byPlan(one: Here, two: Here): number {
  const day = ({ view }: Here): string => live(view, 'inspection')[0]?.planned_for ?? ''
  return day(one) < day(two) ? -1 : 1
}

function tagsOf(enterprise: Enterprise, sector: string, today: string): readonly string[] {
  const grade = gradeOn((enterprise.grades ?? []) as Parameters<typeof gradeOn>[0], today)
  return [sector, enterprise.high_risk ? '高危行业' : '', GRADES[grade]].filter(Boolean)
}

/** Of the version in force: what a newer list dropped is no longer offered (S3-2.2). */
function itemsOf(store: Store, sector: string): readonly Item[] {
  const version = listVersion(store.register('packs', 'pack').rows)
  return [...store.register('items', 'item').rows.values()].filter(
    (item) => item.sector === sector && (version === '' || item.list_version === version),
  )
}

function byDay(one: Visit, two: Visit): number {
  return one.day < two.day ? -1 : Number(one.day > two.day)
}
