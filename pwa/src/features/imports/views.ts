/** 数据导入 in words: who may import what, how a trial and a run are told. */

import { dayOf } from '@/features/deadlines/public'
import type { CheckView, RowView, RunView } from '@/generated/http'
import { dayWords } from '@/ui/date-words'
import type { Option } from '@/ui/options'

export type Kind = CheckView['kind']
export type Shown = RowView['state']

/** 清单版本号 and 公布日期 (YYYY-MM-DD). */
export interface Version {
  readonly version: string
  readonly published: string
}

const TIME = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  hour: '2-digit',
  minute: '2-digit',
  hour12: false,
})
const KINDS: Readonly<Record<Kind, { readonly label: string; readonly role: string }>> = {
  enterprises: { label: '企业', role: 'R14' },
  officers: { label: '人员', role: 'R14' },
  items: { label: '检查事项清单', role: 'R5' },
}
const STATES: Readonly<Record<Shown, string>> = {
  refused: '不能导入',
  new: '新增',
  changed: '修改',
  unchanged: '不变',
}

/** What a person may import (domain.md 6.2). */
export function kindsFor(roles: readonly string[]): readonly Option<Kind>[] {
  const kinds = Object.entries(KINDS) as [Kind, (typeof KINDS)[Kind]][]
  return kinds
    .filter(([, { role }]) => roles.includes(role))
    .map(([value, { label }]) => ({ value, label }))
}

export function kindWords(kind: Kind): string {
  return KINDS[kind].label
}

export function stateWords(state: Shown): string {
  return STATES[state]
}

/** The states a trial may be looked at by, each with its count; those without a row are left out. */
export function stateOptions(trial: CheckView): readonly Option<Shown>[] {
  const states = Object.keys(STATES) as Shown[]
  return states
    .filter((state) => trial[state] > 0)
    .map((value) => ({ value, label: `${STATES[value]} ${trial[value]}` }))
}

/** What is wrong with a row, or what it changes. */
export function rowWords({ state, faults = [], changes = [] }: RowView): readonly string[] {
  if (state === 'refused') return faults
  return changes.map(({ title, before, after }) => `${title}：${before || '空'} → ${after || '空'}`)
}

/** The words of the button; empty where there is nothing to bring in. */
export function applyWords(trial: CheckView): string {
  const count = trial.new + trial.changed
  if (count === 0) return ''
  return trial.refused > 0
    ? `只导入好的 ${count} 行，${trial.refused} 行不导入`
    : `导入 ${count} 行`
}

export function runWords({ created, changed, refused }: RunView): string {
  const left = refused > 0 ? `，${refused} 行没导入` : ''
  return `新增 ${created}，修改 ${changed}${left}`
}

/** 「9月18日 14:05」, Asia/Shanghai. */
export function whenWords(at: number, today: string): string {
  return `${dayWords(dayOf(at), today)} ${TIME.format(at)}`
}

export function undoneWords(run: RunView): string {
  if (run.undone_at === null) return ''
  return run.kept > 0 ? `已撤销，${run.kept} 行后来改过，保留` : '已撤销'
}
