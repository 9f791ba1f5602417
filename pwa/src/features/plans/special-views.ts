/** What the desk says of special checks and key periods. Days are Asia/Shanghai. */

import type { Ledger, SpecialView } from '@/generated/http'
import { dayWords } from '@/ui/date-words'

/** What a special check is, line by line. */
export function specialLines(special: SpecialView, today: string): readonly (readonly [string, string])[] {
  const { need, target, content, since, until } = special
  return [
    ['起止', `${dayWords(since, today)}至${dayWords(until, today)}`],
    ['评估的必要性', need],
    ['检查对象', target],
    ['检查内容', content],
  ]
}

/** Special checks that wait for this reader's answer, the oldest first. */
export function specialsWaiting(ledger: Ledger | null): readonly SpecialView[] {
  const open = ledger?.checks.filter(({ may }) => may) ?? []
  return [...open].sort((one, two) => one.created - two.created)
}

/** 「今年已批准 2 项，年度数量 6 项」 (S3-A3). */
export function ledgerWords({ approved, most }: Ledger): string {
  const limit = most === null ? '本地没有规定年度数量' : `年度数量 ${most} 项`
  return `今年已批准 ${approved} 项，${limit}。`
}

export function specialState({ state, serial, may }: SpecialView): string {
  if (state === 'approved') return `已批准 · 今年第 ${serial} 项`
  return state === 'refused' ? '没有批准' : may ? '等你答复' : '待批准'
}
