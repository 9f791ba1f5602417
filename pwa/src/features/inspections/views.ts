/** A dossier as the rules look at it, and what 今日 shows. Instants are UTC ms. */

import type { Officer } from '@contract/records'

import { dayOf, type DueLine, dueLines } from '@/features/deadlines/public'
import { mayInspect } from '@/features/identity/public'
import type { Entity, Shown, Store } from '@/store/types'
import { daysBetween } from '@/ui/date-words'

import type { RegisterName } from './commands'
import type { Held, Lack, State, View } from './model'
import { lacks, STAGES, stateOf } from './rules'
import { live, partlyItems, requested } from './rules/view'

const ENTITIES = [
  'dossier',
  'inspection',
  'arrival',
  'step',
  'check',
  'finding',
  'exchange',
  'evidence',
  'custody',
  'draft',
  'number',
  'signature',
  'document',
  'service',
  'print',
  'recheck',
  'plan',
  'approval',
  'addendum',
  'receipt',
  'extension',
  'feedback',
  'clock',
  'mark',
  'visit_token',
] as const satisfies readonly Entity[]

/** A visit that runs, or ended today: papers are often printed and served after its end. */
export interface DayVisit {
  readonly dossier: string
  readonly unit: string
  /** Null where somebody began without an arrival on this phone yet. */
  readonly arrived: number | null
  readonly ended: number | null
  /** 「责令限期整改指令书还没送达」: what its papers still want before leaving is whole. */
  readonly papers: readonly string[]
  readonly checked: number
  readonly checks: number
  readonly findings: number
  readonly officers: readonly string[]
}

export interface PlannedVisit {
  readonly dossier: string
  /** Asia/Shanghai. */
  readonly day: string
  readonly unit: string
  readonly items: number
  readonly enterprise: string
  /** The list and the phone's own officers register are here. */
  readonly ready: boolean
}

/** A register with two versions, as `field.conflict` is addressed. */
export type Disputed = RegisterName

/** Problems mended in part that no new order names yet; no law gives days for it, so no clock. */
export interface AnewDuty {
  readonly dossier: string
  readonly unit: string
  readonly count: number
}

export interface Today {
  readonly running: readonly DayVisit[]
  /** Ended today, the last first: with papers to finish, and with none. */
  readonly unfinished: readonly DayVisit[]
  readonly finished: readonly DayVisit[]
  /** Overdue first, then by date. */
  readonly due: readonly DueLine[]
  /** To be ordered anew. */
  readonly anew: readonly AnewDuty[]
  readonly today: readonly PlannedVisit[]
  readonly week: readonly PlannedVisit[]
  /** Planned for a day gone by and not begun. */
  readonly missed: readonly PlannedVisit[]
  readonly disputed: readonly Disputed[]
}

const WEEK = 7

/** What a dossier holds, with what the officers register and the clock add to it. */
export function viewOf(store: Store, dossier: string, now: number): View {
  const today = dayOf(now)
  const held = Object.fromEntries(
    ENTITIES.map((entity) => [entity, store.records(dossier, entity).map(heldOf)]),
  ) as View
  const sector = held.inspection?.[0]?.sector ?? ''
  const certified = certifiedIn(store, sector, today)
  return { ...held, today, certified, requested: requested(held) }
}

export function todayOf(store: Store, now: number): Today {
  const today = dayOf(now)
  const visits = store.dossiers('inspection').map((dossier) => {
    const view = viewOf(store, dossier, now)
    return { dossier, view, state: stateOf(view) }
  })
  const ofToday = visits
    .filter((visit) => isOfToday(visit, today))
    .map(({ dossier, view }) => visitOf(store, dossier, view))
  const ended = ofToday
    .filter((each) => each.ended !== null)
    .sort((one, two) => Number(two.ended) - Number(one.ended))
  const ahead = visits
    .filter(({ state }) => state === 'planned')
    .map(({ dossier, view }) => plannedOf(dossier, view))
    .sort((one, two) => (one.day < two.day ? -1 : Number(one.day > two.day)))
  return {
    running: ofToday.filter(({ ended }) => ended === null),
    unfinished: ended.filter(({ papers }) => papers.length > 0),
    finished: ended.filter(({ papers }) => papers.length === 0),
    due: dueLines(store, now),
    anew: visits.flatMap(({ dossier, view, state }) => anewOf(dossier, view, state)),
    today: ahead.filter(({ day }) => day === today),
    week: ahead.filter(({ day }) => day > today && daysBetween(today, day) < WEEK),
    missed: ahead.filter(({ day }) => day !== '' && day < today),
    disputed: visits.flatMap(({ dossier }) => disputesIn(store, dossier)),
  }
}

/** What an officer was told of each visit ahead: a change of it is news from the office. */
export function taskMarks({ today, week, missed }: Today): Readonly<Record<string, string>> {
  const ahead = [...missed, ...today, ...week]
  return Object.fromEntries(ahead.map(({ dossier, day, items }) => [dossier, `${day} ${items}`]))
}

/** Visits that are new or other than when the officer last looked. */
export function changedTasks(
  before: Readonly<Record<string, string>> | null,
  now: Readonly<Record<string, string>>,
): readonly string[] {
  return before === null ? [] : Object.keys(now).filter((each) => now[each] !== before[each])
}

/** Every register of a dossier that stands in two versions. */
export function disputesIn(store: Store, dossier: string): readonly Disputed[] {
  return ENTITIES.flatMap((entity) =>
    (store.records(dossier, entity) as readonly Shown[]).flatMap(({ id, conflicts }) =>
      conflicts.map((field) => ({ dossier, entity, record: id, field })),
    ),
  )
}

/** The officers of a visit as the register names them; ids where it does not know them. */
export function officersOf(store: Store, view: View): readonly Officer[] {
  const { rows } = store.register('officers', 'officer')
  return (live(view, 'inspection')[0]?.officers ?? []).flatMap((id) => rows.get(id) ?? [])
}

export function unitOf(view: View): string {
  const named = live(view, 'inspection')[0]?.unit?.name
  const opened = live(view, 'dossier')[0]?.enterprise
  return named || opened?.name || opened?.code || ''
}

function heldOf<E extends Entity>(shown: Shown<E>): Held<E> {
  const { values, id, created, device, conflicts } = shown
  return { ...values, id, created, device, conflicts } as Held<E>
}

function certifiedIn(store: Store, sector: string, today: string): readonly string[] {
  const { rows } = store.register('officers', 'officer')
  return [...rows.values()]
    .filter((officer) => mayInspect(officer, sector, today))
    .map((officer) => officer.id)
}

function isOfToday(
  { state, view }: { readonly state: State; readonly view: View },
  today: string,
): boolean {
  const ended = live(view, 'inspection')[0]?.ended
  if (state === 'closed') return false
  return state === 'in_progress' || (Boolean(ended) && dayOf(Number(ended)) === today)
}

function visitOf(store: Store, dossier: string, view: View): DayVisit {
  const checks = live(view, 'check')
  return {
    dossier,
    unit: unitOf(view),
    arrived: live(view, 'arrival')[0]?.at ?? null,
    ended: live(view, 'inspection')[0]?.ended ?? null,
    papers: lacks(STAGES, 'leave', view).filter(isOfPaper).map(({ says }) => says),
    checked: checks.filter((check) => check.result).length,
    checks: checks.length,
    findings: live(view, 'finding').length,
    officers: officersOf(store, view).map((officer) => officer.name),
  }
}

function anewOf(dossier: string, view: View, state: State): readonly AnewDuty[] {
  const count = state === 'closed' ? 0 : partlyItems(view).length
  return count > 0 ? [{ dossier, unit: unitOf(view), count }] : []
}

function isOfPaper({ go }: Lack): boolean {
  return go.startsWith('document')
}

function plannedOf(dossier: string, view: View): PlannedVisit {
  const items = live(view, 'check').length
  return {
    dossier,
    day: live(view, 'inspection')[0]?.planned_for?.slice(0, 10) ?? '',
    unit: unitOf(view),
    items,
    enterprise: live(view, 'dossier')[0]?.enterprise?.id ?? '',
    ready: items > 0,
  }
}
