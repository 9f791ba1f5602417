/** Clocks of this phone as the deadlines screen lists them. */

import type { Shown, Store } from '@/store'
import type { Remaining as WordsRemaining } from '@/ui/deadline-words'

import type { ClockRule } from './model'

export interface DueLine {
  readonly id: string
  readonly dossier: string
  readonly title: string
  readonly about: string
  readonly due: string
  readonly dueMs: number
  readonly provisional: boolean
  readonly left: WordsRemaining
  readonly clock: Shown<'clock'>
}

const DAY_MS = 86_400_000

/** Running clocks of every dossier carried, overdue first, then by date. `now` in UTC ms. */
export function dueLines(store: Store, now: number): readonly DueLine[] {
  return store
    .dossiers('inspection')
    .flatMap((dossier) => store.records(dossier, 'clock').map((clock) => lineOf(store, clock, now)))
    .filter(({ clock }) => clock.values.state === 'running')
    .sort((one, other) => one.dueMs - other.dueMs)
}

function lineOf(store: Store, clock: Shown<'clock'>, now: number): DueLine {
  const { values } = clock
  const unit = store.records(clock.dossier, 'inspection')[0]?.values.unit?.name ?? ''
  return {
    id: clock.id,
    dossier: clock.dossier,
    title: values.title ?? '',
    about: unit,
    due: values.due_strict ?? '',
    dueMs: values.due_strict_ms ?? 0,
    provisional: values.provisional === true,
    left: leftOf(clock, now),
    clock,
  }
}

/** What is left in the unit the law counts in, as the tag words it. */
export function leftOf(clock: Shown<'clock'>, now: number): WordsRemaining {
  const rule = ruleOf(clock)
  const strict = clock.values.due_strict_ms ?? 0
  if (rule?.unit === 'hour') return { unit: 'minute', left: Math.floor((strict - now) / 60_000) }
  const days = Math.floor(strict / DAY_MS) - Math.floor(now / DAY_MS)
  return { unit: 'day', left: now > strict ? Math.min(days, -1) : Math.max(days, 0) }
}

function ruleOf(clock: Shown<'clock'>): ClockRule | null {
  const text = clock.values.resolved ?? ''
  return text === '' ? null : (JSON.parse(text) as ClockRule)
}
