/** The year of an enterprise as its card shows it: counted, this visit, left, and what stands apart. */

import type { Enterprise, Visit } from '@contract/records'

import {
  type CapScheme,
  type CapVerdict,
  countVisits,
  gradeOn,
  judgeCap,
  visitsOver,
  type YearVisit,
} from '@/features/plans/public'

export interface CapBox {
  readonly label: string
  readonly state: 'counted' | 'this' | 'left'
}

/** The year's count; `boxes` only where the place has set a number. */
export interface Count {
  readonly boxes: readonly CapBox[]
  readonly words: string
  /** 「复查 1 次，不计入。上限依据：…」 */
  readonly aside: string
  readonly over: boolean
  /** Visits that took place although the number was used up; they stand. */
  readonly beyond: number
  /** 「今年还要查 1 次」 of a key enterprise (应急〔2025〕11号); empty where nothing is asked. */
  readonly floor: string
  readonly reasons: CapScheme['exempt_reasons']
  /** UTC ms of the count; 0 where there is none. */
  readonly asOf: number
}

const KINDS: Readonly<Record<string, string>> = {
  recheck: '复查',
  accident: '事故检查',
  off_site: '非现场检查',
}

/** `asOf`: UTC ms of what the office counted. */
export function countOf(
  enterprise: Enterprise,
  scheme: CapScheme | null,
  visits: readonly Visit[],
  asOf: number,
  today: string,
): Omit<Count, 'floor'> {
  const none = { boxes: [], aside: '', over: false, beyond: 0, reasons: [], asOf }
  if (scheme === null) return { ...none, words: '本机还没有次数规定，联网后补齐。' }
  const year = Number(today.slice(0, 4))
  const rows = visits.map(yearVisit)
  const periods = (enterprise.grades ?? []) as Parameters<typeof gradeOn>[0]
  const risky = enterprise.high_risk ?? false
  const sectors = [enterprise.sector, ...(enterprise.more_sectors ?? [])]
  const { counted } = countVisits(scheme, rows, year)
  const verdict = judgeCap(scheme, risky, gradeOn(periods, today), counted, null, sectors)
  const counting = visits.filter((visit) => !apart(scheme, visit))
  return {
    boxes: boxesOf(counting, verdict),
    words: verdict.words,
    aside: asideOf(counting, visits.filter((visit) => apart(scheme, visit)), scheme, verdict),
    over: verdict.over,
    beyond: Object.keys(visitsOver(scheme, risky, periods, rows, year, sectors)).length,
    reasons: scheme.exempt_reasons,
    asOf,
  }
}

function yearVisit({ id, day, kind, exempt = '', joint = false, at = 0 }: Visit): YearVisit {
  return { visit: id, day, kind, exempt, joint, at }
}

function apart(scheme: CapScheme, { kind, exempt }: Visit): boolean {
  return Boolean(exempt) || scheme.not_counted.includes(kind)
}

function boxesOf(counted: readonly Visit[], { cap, left, over }: CapVerdict): readonly CapBox[] {
  if (cap === null) return []
  const filled = counted.map(({ day }): CapBox => {
    return { label: `${Number(day.slice(5, 7))}月`, state: 'counted' }
  })
  const now: readonly CapBox[] = over ? [] : [{ label: '本次', state: 'this' }]
  const rest: readonly CapBox[] = left ? [{ label: `余 ${left}`, state: 'left' }] : []
  return [...filled, ...now, ...rest]
}

/** Counted, joint, recheck and exempt visits are told apart (S3-3.1). */
function asideOf(
  counted: readonly Visit[],
  others: readonly Visit[],
  scheme: CapScheme,
  verdict: CapVerdict,
): string {
  const titles = new Map(scheme.exempt_reasons.map(({ code, title }) => [code, title]))
  const words = others.map(({ kind, exempt }) => {
    return exempt && !scheme.not_counted.includes(kind)
      ? `免限（${titles.get(exempt) ?? exempt}）`
      : (KINDS[kind] ?? '其他检查')
  })
  const told = [...new Set(words)]
    .map((word) => `${word} ${words.filter((each) => each === word).length} 次`)
    .join('、')
  const joint = counted.filter((visit) => visit.joint).length
  const sentences = [
    verdict.cap === null ? `今年已查 ${counted.length} 次。` : '',
    joint > 0 ? `其中联合检查 ${joint} 次，一次算一次。` : '',
    told && `${told}，不计入。`,
    verdict.cap !== null ? `上限依据：${scheme.source}` : '',
  ]
  return sentences.join('')
}
