/**
 * Frequency caps (检查频次上限, S3-3.1). A cap binds planning; a visit that took place over the cap is
 * a fact: it is marked, never refused. The numbers, reasons and kinds are the pack's.
 */

export type Grade = '1' | '2' | '3' | 'none'
export type Need = 'reference' | 'approver' | 'reason'

/**
 * At most `most` counted visits a calendar year for this sector class and grade; a row that names a
 * `sector` is for that sector only and goes before the row of its class.
 */
export interface CapRow {
  readonly high_risk: boolean
  readonly grade: Grade
  readonly most: number
  readonly sector?: string
}

/** 免限理由 and what must be given with it. */
export interface ExemptReason {
  readonly code: string
  readonly title: string
  readonly needs: readonly Need[]
  readonly source: string
}

/** The caps of one jurisdiction. No rows: the place has set none. */
export interface CapScheme {
  readonly id: string
  readonly title: string
  readonly source: string
  readonly in_force: string
  readonly rows: readonly CapRow[]
  readonly exempt_reasons: readonly ExemptReason[]
  readonly not_counted: readonly string[]
}

/** Why a visit is not limited by the cap (S3-3.1x, S3-A2); an absent member is not given. */
export interface Exemption {
  readonly code: string
  readonly reference?: string
  readonly approver?: string
  readonly reason?: string
}

/** One visit. Records of a joint visit (综合查一次) bear the same `visit` and count once. */
export interface YearVisit {
  readonly visit: string
  readonly day: string
  readonly kind: string
  readonly exempt?: string
  readonly joint?: boolean
  /** When it began (UTC ms): tells apart visits of one day. */
  readonly at?: number
}

/**
 * Visits of a year: those that count, and those shown beside them. `not_counted` holds the
 * `rechecks`; `joint` are those of the counted that others joined.
 */
export interface VisitCount {
  readonly counted: number
  readonly not_counted: number
  readonly exempt: number
  readonly rechecks: number
  readonly joint: number
}

/** 标准化等级 from its first to its last day of validity. */
export interface GradePeriod {
  readonly grade: Grade
  readonly since: string
  readonly until: string
}

/**
 * `left` is what remains after this visit; `over` forbids planning it; `missing` names what an
 * exemption still lacks. `cap` and `left` are null where no number is set.
 */
export interface CapVerdict {
  readonly cap: number | null
  readonly counted: number
  readonly left: number | null
  readonly over: boolean
  readonly words: string
  readonly missing: readonly Need[]
}

const NEED_WORDS: Readonly<Record<Need, string>> = {
  reference: '文号',
  approver: '批准人',
  reason: '理由',
}

/** May one more visit be planned? `grade` is that of the day of the visit (`gradeOn`). */
export function judgeCap(
  scheme: CapScheme,
  highRisk: boolean,
  grade: Grade,
  counted: number,
  exemption: Exemption | null = null,
  sectors: readonly string[] = [],
): CapVerdict {
  const cap = capFor(scheme, highRisk, grade, sectors)
  if (cap === null)
    return { cap, counted, left: null, over: false, words: '本地没有规定次数', missing: [] }
  const missing = exemption ? exemptionLacks(scheme.exempt_reasons, exemption) : []
  const reason = exemption ? reasonOf(scheme.exempt_reasons, exemption.code) : undefined
  if (reason && missing.length === 0) {
    const words = `因${reason.title}检查，不计入次数。上限 ${cap} 次，已查 ${counted} 次。`
    return { cap, counted, left: Math.max(cap - counted, 0), over: false, words, missing }
  }
  const over = counted >= cap
  const words = (over ? fullWords(cap, counted) : openWords(cap, counted)) + lackWords(missing)
  return { cap, counted, left: Math.max(cap - counted - 1, 0), over, words, missing }
}

/**
 * The number of the row that fits; null where the jurisdiction has set none. An enterprise in several
 * sectors with rows of their own is spared by the lowest of them.
 */
export function capFor(
  scheme: CapScheme,
  highRisk: boolean,
  grade: Grade,
  sectors: readonly string[] = [],
): number | null {
  const fitting = scheme.rows.filter((one) => one.high_risk === highRisk && one.grade === grade)
  const own = fitting.filter(({ sector }) => sector && sectors.includes(sector))
  const rows = own.length > 0 ? own : fitting.filter(({ sector }) => !sector)
  return rows.length > 0 ? Math.min(...rows.map(({ most }) => most)) : null
}

/** What must still be given. A code the scheme does not know is no reason, whatever else is. */
export function exemptionLacks(
  reasons: readonly ExemptReason[],
  exemption: Exemption,
): readonly Need[] {
  const reason = reasonOf(reasons, exemption.code)
  if (reason === undefined) return ['reason']
  return reason.needs.filter((need) => (exemption[need] ?? '').trim() === '')
}

/** Count a calendar year. A recheck follows up and an accident cannot wait: neither counts. */
export function countVisits(
  scheme: CapScheme,
  visits: readonly YearVisit[],
  year: number,
): VisitCount {
  const once = onceEach(visits, year)
  const apart = once.filter((visit) => scheme.not_counted.includes(visit.kind))
  const counted = countingOf(scheme, once)
  return {
    counted: counted.length,
    not_counted: apart.length,
    exempt: once.length - apart.length - counted.length,
    rechecks: apart.filter(({ kind }) => kind === 'recheck').length,
    joint: counted.filter(({ joint }) => joint).length,
  }
}

/**
 * Which visits of a year were one too many, each with the number it was held against. They stand as
 * facts and are marked. Two phones that used the last place apart: the visit that began later is over.
 */
export function visitsOver(
  scheme: CapScheme,
  highRisk: boolean,
  periods: readonly GradePeriod[],
  visits: readonly YearVisit[],
  year: number,
  sectors: readonly string[] = [],
): Readonly<Record<string, number>> {
  const counting = countingOf(scheme, onceEach(visits, year)).sort(byBeginning)
  const over = counting.flatMap(({ visit, day }, at): readonly (readonly [string, number])[] => {
    const cap = capFor(scheme, highRisk, gradeOn(periods, day), sectors)
    return cap !== null && at >= cap ? [[visit, cap]] : []
  })
  return Object.fromEntries(over)
}

/** The standardization grade valid on a day; a later change never reaches back. */
export function gradeOn(periods: readonly GradePeriod[], day: string): Grade {
  return periods
    .filter((period) => period.since <= day && day <= period.until)
    .reduce<GradePeriod | null>((best, one) => (best && best.since >= one.since ? best : one), null)
    ?.grade ?? 'none'
}

function onceEach(visits: readonly YearVisit[], year: number): readonly YearVisit[] {
  const ofYear = visits.filter((visit) => visit.day.startsWith(`${year}-`))
  return [...new Map(ofYear.map((visit) => [visit.visit, visit])).values()]
}

function countingOf(scheme: CapScheme, once: readonly YearVisit[]): YearVisit[] {
  return once.filter(({ kind, exempt }) => !exempt && !scheme.not_counted.includes(kind))
}

function byBeginning(one: YearVisit, two: YearVisit): number {
  if (one.day !== two.day) return one.day < two.day ? -1 : 1
  const apart = (one.at ?? 0) - (two.at ?? 0)
  return apart === 0 ? (one.visit < two.visit ? -1 : 1) : apart
}

function reasonOf(reasons: readonly ExemptReason[], code: string): ExemptReason | undefined {
  return reasons.find((reason) => reason.code === code)
}

/** 「文号」「批准人」「理由」. */
export function needWords(need: Need): string {
  return NEED_WORDS[need]
}

function openWords(cap: number, counted: number): string {
  return `上限 ${cap} 次，本次是第 ${counted + 1} 次，可以检查。`
}

function fullWords(cap: number, counted: number): string {
  return counted > cap
    ? `今年已查 ${counted} 次，超过上限 ${cap} 次，计划检查不能再来。`
    : `今年已查满 ${cap} 次，计划检查不能再来。`
}

function lackWords(missing: readonly Need[]): string {
  if (missing.length === 0) return ''
  return `免限理由还缺${missing.map((need) => NEED_WORDS[need]).join('、')}。`
}
