/** What the desk says of a plan. Days are Asia/Shanghai. */

import type { Enterprise, Item, Officer, PackValue } from '@contract/records'

import { unfitness, unfitWords } from '@/features/identity/public'
import type {
  AnswerView,
  ItemListView,
  JointBody,
  PlanAdvice,
  PlanDraft,
  PlanView,
} from '@/generated/http'
import type { Person } from '@/store/types'
import type { Option } from '@/ui/options'

export interface ItemGroup {
  readonly title: string
  readonly items: readonly Item[]
}

export type PlanKind = NonNullable<PlanDraft['kind']>

/** Who may be sent, and of one's own section who may not, with the reason. */
export interface Candidates {
  readonly fit: readonly Option[]
  readonly unfit: readonly string[]
}

/** A plan as far as it is written. */
export interface Writing {
  readonly enterprise: Enterprise | null
  readonly draft: PlanDraft
}

const STATES: Readonly<Record<PlanView['state'], string>> = {
  pending_review: '待审核',
  pending_approval: '待审批',
  approved: '已批准',
  refused: '没有批准',
  cancelled: '已取消',
}
const KINDS: readonly Option<PlanKind>[] = [
  { value: 'enforcement', label: '计划检查' },
  { value: 'random', label: '双随机抽查' },
  { value: 'special', label: '专项或重点时段' },
  { value: 'off_site', label: '非现场检查' },
]
const LEAST_OFFICERS = 'inspection.officers_at_least'

export function planState(state: PlanView['state']): string {
  return STATES[state]
}

export function planKinds(): readonly Option<PlanKind>[] {
  return KINDS
}

export function kindWords(kind: PlanDraft['kind']): string {
  return KINDS.find(({ value }) => value === kind)?.label ?? '计划检查'
}

export function planStates(): readonly Option<PlanView['state']>[] {
  const names = Object.keys(STATES) as PlanView['state'][]
  return names.map((value) => ({ value, label: STATES[value] }))
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
    kind: 'enforcement',
    starts: '',
    place: '',
    equipment: [],
    joint: [],
    off_site: null,
    exemption: null,
    special: '',
    remark: '',
    replaces: '',
  }
}

/** 照去年的写: what is said of the enterprise, not who goes and when. */
export function copiedFrom(last: PlanDraft, draft: PlanDraft): PlanDraft {
  const { content, focus, method, steps, place, equipment, items } = last
  return {
    ...draft,
    content: content ?? '',
    focus: focus ?? '',
    method: method ?? '',
    steps: steps ?? '',
    place: place ?? '',
    equipment: [...(equipment ?? [])],
    items: [...items],
  }
}

/** 「部门：分工」 a line each. */
export function bodiesOf(text: string): JointBody[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line) => {
      const [name = '', ...task] = line.split(/[：:]/)
      return { name: name.trim(), task: task.join('：').trim() }
    })
}

export function bodiesText(bodies: readonly JointBody[]): string {
  return bodies.map(({ name, task }) => (task ? `${name}：${task}` : name)).join('\n')
}

/** 「已查 2 次，已批准未查 1 次；联合 1 次；复查 1 次、免限 1 次，不计入」. */
export function countWords({ count, reserved }: PlanAdvice): string {
  const apart = [
    count.rechecks > 0 ? `复查 ${count.rechecks} 次` : '',
    count.not_counted > count.rechecks ? `其他 ${count.not_counted - count.rechecks} 次` : '',
    count.exempt > 0 ? `免限 ${count.exempt} 次` : '',
  ].filter(Boolean)
  const said = [
    `今年已查 ${count.counted - reserved} 次`,
    reserved > 0 ? `已批准还没查 ${reserved} 次` : '',
    count.joint > 0 ? `其中联合检查 ${count.joint} 次` : '',
    apart.length > 0 ? `${apart.join('、')}，不计入` : '',
  ]
  return `${said.filter(Boolean).join('；')}。`
}

/** Of the version in force: what a newer list dropped is offered no longer (S3-2.2). */
export function currentItems(
  items: Iterable<Item>,
  packs: ReadonlyMap<string, PackValue>,
): readonly Item[] {
  const version = JSON.parse(packs.get('item_list.version')?.json ?? '""') as string
  return [...items].filter((item) => version === '' || item.list_version === version)
}

/** What may be taken along, as the pack lists it. */
export function equipmentOptions(packs: ReadonlyMap<string, PackValue>): readonly Option[] {
  const names = JSON.parse(packs.get('plan.equipment')?.json ?? '[]') as readonly string[]
  return names.map((name) => ({ value: name, label: name }))
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
        : [unfitWords(officer, unfit, sector.title, day)],
    ),
  }
}

/** How many certified officers the jurisdiction asks for; 0 before its pack is here. */
export function leastOfficers(packs: ReadonlyMap<string, PackValue>): number {
  return JSON.parse(packs.get(LEAST_OFFICERS)?.json ?? '0') as number
}

function optionOf({ id, name, certificate }: Officer): Option {
  return { value: id, label: `${name} · 证号 ${certificate?.number ?? ''}` }
}

/** What waits for this reader's answer, the oldest first. */
export function waitingOf(plans: readonly PlanView[]): readonly PlanView[] {
  return plans.filter((plan) => plan.may.length > 0).sort((one, two) => one.created - two.created)
}

/** 审核 is agreed to, 审批 is approved. */
export function answerWords(turn: 'review' | 'approve' | undefined): { yes: string; no: string } {
  return turn === 'review' ? { yes: '同意', no: '不同意' } : { yes: '批准', no: '不批准' }
}

/** What was answered to a plan, as it stands under it. */
export function saidWords({ act, answer }: Pick<AnswerView, 'act' | 'answer'>): string {
  if (act === 'cancel') return '取消'
  const { yes, no } = answerWords(act === 'review' ? 'review' : 'approve')
  const said = answer === 'yes' ? yes : no
  return act === 'review' ? `审核${said}` : said
}

/** Who answered; for a leader, in whose name. */
export function giverWords({ name, delegated_by: giver }: AnswerView): string {
  return giver ? `${name}（受${giver}委托）` : name
}

const ANSWERING = ['R2', 'R7']

/** Whether plans ever wait for somebody of these posts: a delegation goes to a section head. */
export function mayAnswer(person: Pick<Person, 'roles'> | null): boolean {
  return person?.roles.some((role) => ANSWERING.includes(role)) ?? false
}

/** 「比上一版增加 1 项、去掉 2 项、改动 3 项」 (S3-2.2). */
export function changeWords({ change, list }: ItemListView): string {
  const said = [
    change.added.length > 0 ? `增加 ${change.added.length} 项` : '',
    change.dropped.length > 0 ? `去掉 ${change.dropped.length} 项（${change.dropped.join('、')}）` : '',
    change.changed.length > 0 ? `改动 ${change.changed.length} 项` : '',
  ].filter(Boolean)
  const all = `共 ${list.items.length} 项。`
  return said.length === 0 ? all : `${all}比上一版${said.join('、')}。`
}
