/** What the desk says of a plan, and what a new one still lacks. Days are Asia/Shanghai. */

import type { Enterprise, Item, Officer, PackValue } from '@contract/records'

import { unfitness, unfitWords } from '@/features/identity/public'
import type { PlanDraft, PlanView } from '@/generated/http'
import type { Person } from '@/store/types'
import type { Option } from '@/ui/options'

export interface ItemGroup {
  readonly title: string
  readonly items: readonly Item[]
}

/** Who may be sent, and of one's own section who may not, with the reason. */
export interface Candidates {
  readonly fit: readonly Option[]
  readonly unfit: readonly string[]
}

const STATES: Readonly<Record<PlanView['state'], string>> = {
  pending_review: '待审核',
  pending_approval: '待审批',
  approved: '已批准',
  refused: '没有同意',
}
const LEAST_OFFICERS = 'inspection.officers_at_least'

export function planState(state: PlanView['state']): string {
  return STATES[state]
}

/** Nothing written; `today` as the day, oneself as the first officer. */
export function emptyDraft(today: string, officer: string): PlanDraft {
  return {
    enterprise: '',
    planned_for: today,
    reason: '',
    officers: officer === '' ? [] : [officer],
    items: [],
    content: '',
    focus: '',
    method: '',
    steps: '',
  }
}

/** The list of the enterprise's sector, by groups, in the order of the list. */
export function itemGroups(items: Iterable<Item>, sector: string): readonly ItemGroup[] {
  const groups = new Map<string, Item[]>()
  for (const item of items) {
    if (item.sector !== sector || item.withdrawn === true) continue
    groups.set(item.group, [...(groups.get(item.group) ?? []), item])
  }
  return [...groups].map(([title, found]) => ({ title, items: found }))
}

/** One's own section first. `sector` as it is named and titled. */
export function candidatesOf(
  officers: Iterable<Officer>,
  person: Pick<Person, 'section'> | null,
  sector: { readonly id: string; readonly title: string },
  day: string,
): Candidates {
  const own = (officer: Officer): number => Number(officer.section === person?.section)
  const judged = [...officers]
    .sort((one, two) => own(two) - own(one) || one.name.localeCompare(two.name, 'zh-CN'))
    .map((officer) => ({ officer, unfit: unfitness(officer, sector.id, day) }))
  return {
    fit: judged.filter(({ unfit }) => unfit === null).map(({ officer }) => optionOf(officer)),
    unfit: judged.flatMap(({ officer, unfit }) =>
      own(officer) === 0 || unfit === null || unfit === 'inactive' || unfit === 'expert'
        ? []
        : [unfitWords(officer, unfit, sector.title)],
    ),
  }
}

/** How many certified officers the jurisdiction asks for; 0 before its pack is here. */
export function leastOfficers(packs: ReadonlyMap<string, PackValue>): number {
  return JSON.parse(packs.get(LEAST_OFFICERS)?.json ?? '0') as number
}

/** The first thing a plan lacks, as its button says it; undefined when it may be sent. */
export function lackOf(
  draft: PlanDraft,
  enterprise: Enterprise | null,
  fit: readonly Option[],
  least: number,
): string | undefined {
  if (enterprise === null) return '先选企业'
  if (draft.planned_for === '') return '先定检查日期'
  if (draft.reason.trim() === '') return '先写检查事由'
  const certified = fit.filter(({ value }) => draft.officers.includes(value)).length
  if (certified < least) return `还差 ${least - certified} 名持证执法人员`
  return draft.items.length === 0 ? '先选检查事项' : undefined
}

function optionOf({ id, name, certificate }: Officer): Option {
  return { value: id, label: `${name} · 证号 ${certificate?.number ?? ''}` }
}
