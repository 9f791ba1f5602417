/** 起算的期限: the clocks that the end of a visit starts, as the phone computes them offline. */

import type { PackValue } from '@contract/records'

import {
  type Calendar,
  type ClockDates,
  type ClockRule,
  compute,
  dayOf,
} from '@/features/deadlines/public'
import { dutyDay, nearWord } from '@/ui/date-words'

import type { Lack, View } from './model'
import { lacks, STAGES } from './rules'
import { live } from './rules/view'
import { timeWords } from './visit-views'

export interface Starting {
  readonly rule: string
  /** 「移交支队 3 个工作日 → 9月22日（周二）」. */
  readonly words: string
  /** The calendar of that year is not published yet. */
  readonly provisional: boolean
}

const UNITS: Readonly<Record<ClockRule['unit'], string>> = {
  hour: '小时',
  calendar_day: '天',
  working_day: '个工作日',
  month: '个月',
  quarter: '个季度',
  year: '年',
  date: '',
}

/** What leaving wants beyond what the end itself asks: the papers, mostly, which come after it. */
export function afterEnd(view: View): readonly Lack[] {
  const keyOf = ({ id, record }: Lack): string => `${id} ${record}`
  const before = new Set(lacks(STAGES, 'end', view).map(keyOf))
  const leaving = lacks(STAGES, 'leave', view)
  return leaving.filter((lack) => lack.go !== 'end' && !before.has(keyOf(lack)))
}

/** Which triggers of the pack's rules the end of this visit is. */
export function triggersOf(view: View): readonly string[] {
  const chosen = live(view, 'finding').flatMap((finding) => finding.dispositions ?? [])
  return [
    ...(chosen.includes('transfer') ? ['punishable_inspection_ended'] : []),
    ...(chosen.includes('measure') ? ['urgent_measure_inspection_ended'] : []),
  ]
}

/** The rules of the packs register that start at `endedMs`; none where it has no calendar yet. */
export function startingClocks(
  view: View,
  packs: ReadonlyMap<string, PackValue>,
  endedMs: number,
): readonly Starting[] {
  const rules = JSON.parse(packs.get('table.clock')?.json ?? '[]') as readonly ClockRule[]
  const calendar = JSON.parse(packs.get('calendar')?.json ?? 'null') as Calendar | null
  if (calendar === null) return []
  const triggers = triggersOf(view)
  return rules
    .filter((rule) => triggers.includes(rule.trigger))
    .map((rule) => startingOf(rule, compute(rule, endedMs, calendar)))
}

function startingOf(rule: ClockRule, dates: ClockDates): Starting {
  const amount = `${rule.length} ${UNITS[rule.unit]}`
  const today = dayOf(dates.started_ms)
  const due = rule.unit === 'hour' ? momentWords(dates) : dutyDay(dates.rolled, today)
  const words = `${rule.title} ${amount} → ${due}`
  return { rule: rule.id, words, provisional: dates.provisional }
}

/** 「明天 11:52」. */
function momentWords({ started_ms: started, due_ms_strict: due }: ClockDates): string {
  const [today, day] = [dayOf(started), dayOf(due)]
  return `${nearWord(day, today) ?? dutyDay(day, today)} ${timeWords(due)}`
}
