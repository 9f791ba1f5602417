/** What a new plan still lacks, in the order of its form. */

import type { Enterprise } from '@contract/records'

import type { PlanAdvice, PlanDraft } from '@/generated/http'
import type { Option } from '@/ui/options'

import { type ExemptReason, exemptionLacks, needWords } from './rules'

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

const TEXT_NAMES: Readonly<Record<string, string>> = {
  content: '检查内容',
  focus: '检查重点',
  method: '检查方法',
  steps: '检查步骤',
}
const CLOCK = /^(?:[01][0-9]|2[0-3]):[0-5][0-9]$/

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
