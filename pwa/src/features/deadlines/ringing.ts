/**
 * Reminders the phone gives itself, while the app is open or at its next opening: push may never
 * arrive. A reminder of the server for the same clock has the same tag, so only one is seen.
 */

import { digestBytes } from '@/adapters/digest'
import type { Notice } from '@/adapters/push'
import type { Store } from '@/store'
import { deadlineWords } from '@/ui/deadline-words'

import type { Calendar, ClockRule } from './model'
import { reminderInstants } from './rules'
import { calendarOf, datesOf, type DueLine, dueLines } from './views'

/** False where the officer allows no notices, or the browser has none. */
export type Bell = (notice: Notice) => Promise<boolean>

const RUNG = 'deadlines/rung'
/** More than this are told together. */
const MOST = 3
const TAG_BYTES = 24

/** Rings what has come due since it last rang for that clock; `now` in UTC ms. */
export async function ringDue(store: Store, ring: Bell, now: number): Promise<void> {
  const rung = ((await store.kept(RUNG)) ?? {}) as Readonly<Record<string, number>>
  const calendar = calendarOf(store)
  const due = dueLines(store, now).filter((line) => {
    return lastInstant(line, calendar, now) > (rung[line.id] ?? line.clock.values.started ?? 0)
  })
  if (due.length === 0) return
  const notices = due.length > MOST ? [digestOf(due)] : await Promise.all(due.map(noticeOf))
  const answers = await Promise.all(notices.map(ring))
  if (!answers.every(Boolean)) return
  await store.keep(RUNG, { ...rung, ...Object.fromEntries(due.map(({ id }) => [id, now])) })
}

/** 0 where none has come yet. */
function lastInstant({ clock }: DueLine, calendar: Calendar | null, now: number): number {
  const rule = JSON.parse(clock.values.resolved ?? '{}') as Partial<ClockRule>
  if (rule.lead_times === undefined) return 0
  const instants = reminderInstants(rule as ClockRule, datesOf(clock, calendar))
  return instants.findLast((instant) => instant <= now) ?? 0
}

/** Nothing of the dossier: a notice lies on a locked screen and in the browser's own files. */
async function noticeOf({ id, dossier, title, left }: DueLine): Promise<Notice> {
  const body = `${deadlineWords(left)}，打开查看`
  return { title, body, tag: await tagOf(id), url: `/#/f/v/${dossier}` }
}

function digestOf(due: readonly DueLine[]): Notice {
  const [first] = due
  const body = `最急：${first?.title ?? ''}，打开查看`
  return { title: `${due.length} 件期限提醒`, body, tag: 'due', url: '/#/f/due' }
}

/** As the server names the Topic of a clock: the first 24 bytes of SHA-256, base64url. */
async function tagOf(clock: string): Promise<string> {
  const hash = await digestBytes(new TextEncoder().encode(clock))
  const bytes = (hash.slice(0, TAG_BYTES * 2).match(/../g) ?? []).map((pair) => parseInt(pair, 16))
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_')
}
