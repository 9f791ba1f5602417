/**
 * Who counts as one of the two officers (行政处罚法 42(1), S2-8(8)): the phone's own judgement, offline
 * from the officers register. It must agree with the server's `identity.rules.may_inspect`.
 * Days are YYYY-MM-DD in Asia/Shanghai.
 */

import type { Certificate, Officer } from '@contract/records'

export type CertificateState = 'none' | 'suspended' | 'not_yet' | 'valid' | 'expired'
/** Why somebody does not count; `expert` stands for every post that never does. */
export type Unfit = 'inactive' | 'expert' | Exclude<CertificateState, 'valid'> | 'scope'

/** Scope of a certificate that covers every sector. */
const ANY_SECTOR = '综合'
/** 科室 and 支队 officers and their heads. */
const INSPECTING = ['R1', 'R2', 'R3', 'R4']

/** 行政执法证件 on a day: one that is none, suspended or out of time counts for nothing. */
export function certificateState(held: Certificate | null, day: string): CertificateState {
  if (held === null) return 'none'
  if (held.suspended) return 'suspended'
  if (day < held.issued) return 'not_yet'
  return day <= held.until ? 'valid' : 'expired'
}

const RANKS: readonly CertificateState[] = ['valid', 'suspended', 'not_yet', 'expired']

/** Of several the one that counts on a day: a valid one first, then the one lasting longest. */
export function heldOn(officer: Officer, day: string): Certificate | null {
  const { certificate = null, certificates = [] } = officer
  const rank = (held: Certificate): number => RANKS.indexOf(certificateState(held, day))
  const ranked = [...certificates].sort(
    (a, b) => rank(a) - rank(b) || b.until.localeCompare(a.until),
  )
  return ranked[0] ?? certificate
}

/** An empty sector asks for no scope. */
export function mayInspect(officer: Officer, sector: string, day: string): boolean {
  return unfitness(officer, sector, day) === null
}

/** Null: he counts. */
export function unfitness(officer: Officer, sector: string, day: string): Unfit | null {
  if (officer.active === false) return 'inactive'
  if (!officer.roles.some((role) => INSPECTING.includes(role))) return 'expert'
  const held = heldOn(officer, day)
  const state = certificateState(held, day)
  if (state !== 'valid') return state
  const scope = held?.scope ?? []
  return sector === '' || scope.includes(sector) || scope.includes(ANY_SECTOR) ? null : 'scope'
}

/** What the screen says of it; `sector` as it is titled, `day` the one he was judged by. */
export function unfitWords(officer: Officer, unfit: Unfit, sector: string, day: string): string {
  const { name } = officer
  const held = heldOn(officer, day)
  switch (unfit) {
    case 'inactive':
      return `${name}已不在岗，不能参加检查。`
    case 'expert':
      return '专家不能算作执法人员。'
    case 'none':
      return `${name}没有执法证，不能参加检查。`
    case 'suspended':
      return `${name}的执法证已暂停使用，不能参加检查。`
    case 'not_yet':
      return `${name}的执法证 ${dayWords(held?.issued, day)}才生效，不能参加检查。`
    case 'expired':
      return `${name}的执法证已于 ${dayWords(held?.until, day)}到期，不能开始或参加检查。`
    case 'scope':
      return `${name}的证件不含“${sector}”，不能参加这次检查。`
  }
}

/** With the year only where it is another than that of `near`. */
function dayWords(day = '', near: string): string {
  const [year, month, date] = day.split('-').map(Number)
  return `${near.startsWith(`${year}-`) ? '' : `${year}年`}${month}月${date}日`
}
