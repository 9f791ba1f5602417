/** What the desk says of inspections and of what waits for somebody. Instants are UTC ms. */

import type { Records } from '@contract/records'

import { calendarOf, dayOf, leftOf } from '@/features/deadlines/public'
import type { DueClock, HeldView, InspectionRow } from '@/generated/http'
import type { Store } from '@/store/types'
import { dayWords, dutyDay } from '@/ui/date-words'
import { deadlineWords } from '@/ui/deadline-words'

import { HELD_ENTITIES } from './desk-words'
import type { State, View } from './model'
import { endedAt, stateOf } from './rules'
import { live } from './rules/view'
import { exactTime, overMarks, timeWords } from './visit-views'
import { disputesIn, officersOf, unitOf, viewOf } from './views'

export { heldReason, stateWords } from './desk-words'

export interface DueCard {
  readonly id: string
  readonly dossier: string
  readonly title: string
  readonly unit: string
  readonly left: string
  readonly late: boolean
  /** Strict date, and the rolled one where it is another. */
  readonly day: string
  /** UTC ms of the strict end. */
  readonly dueMs: number
  readonly rule: string
  /** Its id. */
  readonly section: string
  readonly officerIds: readonly string[]
  /** Whose duty it is, as the dossier names them. */
  readonly officers: string
  /** How often it was reminded of, and whether somebody answered. */
  readonly told: string
}

/** A clock in the head of a dossier. */
export interface ClockCard {
  readonly id: string
  readonly title: string
  readonly left: string
  readonly late: boolean
  readonly note: string
}

export interface DossierHead {
  readonly unit: string
  readonly state: State
  /** 「9月18日 09:54–11:52」, who, how much, the plan's number. */
  readonly facts: readonly string[]
  readonly clocks: readonly ClockCard[]
  readonly conflicts: number
  readonly running: boolean
  /** What the server marked of the number of the year. */
  readonly marks: readonly string[]
}

/** Overdue first; `rows` name the unit. The words of what is left are the server's. */
export function dueCards(
  clocks: readonly DueClock[],
  rows: readonly InspectionRow[],
  now: number,
  names: (officers: readonly string[]) => string = () => '',
): readonly DueCard[] {
  const known = new Map(rows.map((row) => [row.dossier, row]))
  const today = dayOf(now)
  return [...clocks]
    .sort((one, two) => one.due_strict_ms - two.due_strict_ms)
    .map((clock) => ({
      id: clock.id,
      dossier: clock.dossier,
      title: [clock.rule, clock.title].filter(Boolean).join(' '),
      unit: known.get(clock.dossier)?.unit ?? '',
      left: clock.left ?? '',
      late: clock.at_end === 'overdue' && clock.due_strict_ms < now,
      day: bothDates(clock.due_strict, clock.due_rolled, today),
      rule: clock.rule,
      section: clock.section,
      dueMs: clock.due_strict_ms,
      officerIds: known.get(clock.dossier)?.officers ?? [],
      officers: names(known.get(clock.dossier)?.officers ?? []),
      told: toldWords(clock, now),
    }))
}

export function runningOf(rows: readonly InspectionRow[]): readonly InspectionRow[] {
  return rows.filter(({ state }) => state === 'in_progress')
}

/** Those opened for it, and those of its name that were opened for none in the register. */
export function ofEnterprise(
  rows: readonly InspectionRow[],
  id: string,
  name: string,
): readonly InspectionRow[] {
  return rows.filter(({ enterprise, unit }) => (enterprise ? enterprise === id : unit === name))
}

/** 「李㛃、努尔兰·哈森」; who is not in the register is left out. */
export function namesOf(store: Store, ids: readonly string[]): string {
  const { rows } = store.register('officers', 'officer')
  return ids.flatMap((id) => rows.get(id)?.name ?? []).join('、')
}

/** 「9月18日 09:54」, `exact` with seconds; empty for no instant. */
export function momentWords(
  instant: number | null | undefined,
  now: number,
  exact = false,
): string {
  if (!instant) return ''
  const time = exact ? exactTime(instant) : timeWords(instant)
  return `${dayWords(dayOf(instant), dayOf(now))} ${time}`
}

/** What an item that waits says: each text it carries. */
export function heldTexts({ entity, fields }: HeldView): { title: string; texts: string[] } {
  const texts = Object.values(fields).filter((value) => typeof value === 'string' && value !== '')
  return { title: HELD_ENTITIES[entity] ?? '内容', texts: texts as string[] }
}

export function headOf(store: Store, dossier: string, now: number): DossierHead {
  const view = viewOf(store, dossier, now)
  const state = stateOf(view)
  return {
    unit: unitOf(view),
    state,
    facts: factsOf(store, view, now),
    clocks: clockCards(store, dossier, now),
    conflicts: disputesIn(store, dossier).length,
    running: state === 'in_progress',
    marks: overMarks(view).map(({ text }) => text),
  }
}

function factsOf(store: Store, view: View, now: number): readonly string[] {
  const count = (entity: keyof Records): number => live(view, entity).length
  const officers = officersOf(store, view).map(({ name }) => name)
  const number = live(view, 'plan')[0]?.number
  return [
    spanOf(view, now),
    officers.join('、'),
    `问题 ${count('finding')} · 文书 ${count('document')} · 证据 ${count('evidence')}`,
    number ? `方案 ${number}` : '',
  ].filter(Boolean)
}

function spanOf(view: View, now: number): string {
  const began = live(view, 'inspection')[0]?.started ?? live(view, 'arrival')[0]?.at
  if (!began) return ''
  const ended = endedAt(view)
  const end = ended === null ? '起' : `–${endWords(began, ended, now)}`
  return `${momentWords(began, now)}${ended === null ? ' ' : ''}${end}`
}

function endWords(began: number, ended: number, now: number): string {
  return dayOf(began) === dayOf(ended) ? timeWords(ended) : momentWords(ended, now)
}

function clockCards(store: Store, dossier: string, now: number): readonly ClockCard[] {
  const calendar = calendarOf(store)
  return store
    .records(dossier, 'clock')
    .filter(({ values }) => values.state === 'running')
    .sort((one, two) => (one.values.due_strict_ms ?? 0) - (two.values.due_strict_ms ?? 0))
    .map((clock) => {
      const left = leftOf(clock, now, calendar)
      const { title = '', due_strict: due = '', rule = '', provisional } = clock.values
      const day = due && bothDates(due, clock.values.due_rolled ?? '', dayOf(now))
      const note = [day, provisional ? '暂定' : '', rule].filter(Boolean).join(' · ')
      return { id: clock.id, title, left: deadlineWords(left), late: left.left < 0, note }
    })
}

function toldWords({ reminded = 0, acknowledged }: DueClock, now: number): string {
  if (acknowledged) return `已知道 ${momentWords(acknowledged, now)}`
  return reminded > 0 ? `提醒 ${reminded} 次 · 未回应` : ''
}

/** Strict and rolled date as every place of the desk tells them. */
export function bothDates(dueStrict: string, dueRolled: string, today: string): string {
  const strict = dutyDay(dueStrict.slice(0, 10), today)
  const rolled = dutyDay((dueRolled || dueStrict).slice(0, 10), today)
  return strict === rolled ? `应 ${strict}` : `严格 ${strict} · 顺延 ${rolled}`
}
