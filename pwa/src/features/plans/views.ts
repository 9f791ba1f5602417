/** What the desk says of a plan, and what a new one still lacks. Days are Asia/Shanghai. */

import type { Enterprise, Item, Officer, PackValue } from '@contract/records'

import { unfitness, unfitWords } from '@/features/identity/public'
import type {
  AnswerView,
  ItemListView,
  JointBody,
  Ledger,
  PlanAdvice,
  PlanDraft,
  PlanView,
  SpecialView,
} from '@/generated/http'
import type { Person } from '@/store/types'
import { dayWords } from '@/ui/date-words'
import type { Option } from '@/ui/options'

import { type ExemptReason, exemptionLacks, needWords } from './rules'

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

/** What is known besides the draft when it is asked whether it may be sent. */
export interface Known {
  readonly enterprise: Enterprise | null
  readonly fit: readonly Option[]
  /** Certified officers at least. */
  readonly least: number
  readonly advice?: PlanAdvice | null
  readonly reasons?: readonly ExemptReason[]
}

/** What lacks, as the button says it, and the field that a press leads to. */
export interface Lack {
  readonly at: string
  readonly words: string
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
const TEXT_NAMES: Readonly<Record<string, string>> = {
  content: '检查内容',
  focus: '检查重点',
  method: '检查方法',
  steps: '检查步骤',
}
const CLOCK = /^(?:[01][0-9]|2[0-3]):[0-5][0-9]$/
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

/** The first thing a plan lacks, in the order of the form; undefined when it may be sent. */
export function lackOf(draft: PlanDraft, known: Known): Lack | undefined {
  if (known.enterprise === null) return { at: 'enterprise', words: '先选企业' }
  if (draft.planned_for === '') return { at: 'planned_for', words: '先定检查日期' }
  return (
    offSiteLack(draft, known) ??
    kindLack(draft) ??
    exemptionLack(draft, known) ??
    visitLack(draft) ??
    officersLack(draft, known) ??
    whatLack(draft, known)
  )
}

/** Asked first where the pack says so (S3-3.2): the answer, then its reason. */
function offSiteLack({ off_site: asked }: PlanDraft, { advice }: Known): Lack | undefined {
  if (!advice?.off_site_first) return undefined
  if (!asked) return { at: 'off_site', words: '先答能不能不进企业就办成' }
  const written = asked.reason.trim() !== ''
  return written ? undefined : { at: 'off_site.reason', words: '先写能不能不进企业就办成的理由' }
}

function kindLack({ kind, special, off_site: asked }: PlanDraft): Lack | undefined {
  if (asked?.answer === 'yes' && kind !== 'off_site') {
    return { at: 'kind', words: '检查类型改为非现场检查' }
  }
  const named = kind !== 'special' || special
  return named ? undefined : { at: 'special', words: '先选专项或重点时段检查' }
}

/** Over the cap a reason with all it needs (S3-3.1x). */
function exemptionLack(
  { kind, exemption }: PlanDraft,
  { advice, reasons = [] }: Known,
): Lack | undefined {
  if (!advice?.verdict.over || kind === 'off_site') return undefined
  if (!exemption) return { at: 'exemption', words: '先选免限理由' }
  const [need] = exemptionLacks(reasons, exemption)
  return need && { at: `exemption.${need}`, words: `先写免限的${needWords(need)}` }
}

function visitLack({ reason, starts }: PlanDraft): Lack | undefined {
  if (reason.trim() === '') return { at: 'reason', words: '先写检查事由' }
  const sound = !starts || CLOCK.test(starts)
  return sound ? undefined : { at: 'starts', words: '到场时间要写成 09:30 这样' }
}

function officersLack({ officers }: PlanDraft, { fit, least }: Known): Lack | undefined {
  const lacking = least - fit.filter(({ value }) => officers.includes(value)).length
  return lacking > 0 ? { at: 'officers', words: `还差 ${lacking} 名持证执法人员` } : undefined
}

function whatLack(draft: PlanDraft, { advice }: Known): Lack | undefined {
  if (draft.items.length === 0) return { at: 'items', words: '先选检查事项' }
  const unwritten = advice?.required.find((name) => !draft[name as 'content']?.trim())
  if (unwritten) return { at: unwritten, words: `先写${TEXT_NAMES[unwritten] ?? unwritten}` }
  const named = (draft.joint ?? []).every(({ name }) => name !== '')
  return named ? undefined : { at: 'joint', words: '先写联合检查部门的名称' }
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

/** 「今年已批准 2 项，年度数量 6 项」 (S3-A3). */
export function ledgerWords({ approved, most }: Ledger): string {
  const limit = most === null ? '本地没有规定年度数量' : `年度数量 ${most} 项`
  return `今年已批准 ${approved} 项，${limit}。`
}

export function specialState({ state, serial, may }: SpecialView): string {
  if (state === 'approved') return `已批准 · 今年第 ${serial} 项`
  return state === 'refused' ? '没有批准' : may ? '等你答复' : '待批准'
}
