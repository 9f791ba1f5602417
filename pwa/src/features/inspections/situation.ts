/** 检查情况 of the 现场检查记录, in the plain official words of the form. */

import { type Law, wordsOf } from '@/features/law/public'

import type { Held, View } from './model'
import { live } from './rules/view'
import { checkRows, opinionOf, tally } from './visit-views'

export const HANDLED: Readonly<Record<string, string>> = {
  corrected: '已当场改正',
  order: '责令限期整改',
  measure: '采取现场处理措施',
  transfer: '移交执法支队',
}

/** Paragraphs; without findings it says so (安全生产法 68). */
export function composeSituation(view: View, laws: readonly Law[]): readonly string[] {
  const findings = live(view, 'finding')
  if (findings.length === 0) return [checked(view), '检查未发现问题。']
  return [
    checked(view),
    `检查发现以下${findings.length}个问题：`,
    ...findings.map((finding, at) => `${at + 1}．${described(finding, laws)}`),
    ...discussed(view, findings),
  ]
}

function checked(view: View): string {
  const place = live(view, 'inspection')[0]?.premises?.trim() || '现场'
  const rows = checkRows(view)
  if (rows.length === 0) return `对${place}进行了检查。`
  const { open, conforms, problem, not_applicable: skipped } = tally(rows)
  const counts = [
    [conforms, '符合'],
    [problem, '有问题'],
    [skipped, '不涉及'],
    [open, '未检查'],
  ] as const
  const words = counts.flatMap(([count, word]) => (count > 0 ? [`${word}${count}项`] : []))
  return `按检查表对${place}的${rows.length}个事项进行了检查，其中${words.join('、')}。`
}

function described(finding: Held<'finding'>, laws: readonly Law[]): string {
  const basis = (finding.basis ?? []).map((each) => wordsOf(laws, each, true)).join('、')
  const handled = (finding.dispositions ?? []).map((each) => HANDLED[each] ?? each).join('，')
  const parts = [
    problemWords(finding),
    basis && `依据${basis}`,
    handled,
  ]
  return `${parts.filter(Boolean).join('。')}。`
}

function discussed(view: View, findings: readonly Held<'finding'>[]): readonly string[] {
  const said = findings.map((finding) => opinionOf(view, finding))
  const agreed = said.flatMap((each, at) => (each?.agreed ? [at + 1] : []))
  const disputes = said.flatMap((each, at) =>
    each && !each.agreed ? [`对问题${at + 1}提出异议${objectionWords(each)}。`] : [],
  )
  const consent = agreed.length > 0 ? [`对问题${agreed.join('、')}没有异议。`] : []
  const words = [...consent, ...disputes].join('')
  return words ? [`检查人员与被检查单位交换了意见，被检查单位${words}`] : []
}

function objectionWords({ words }: Held<'exchange'>): string {
  return words?.trim() ? `：${withoutStop(words)}` : ''
}

/** 「2号罐区：报警器被关闭」, alike on every paper; a place the words name already is not repeated. */
export function problemWords(finding: Held<'finding'>): string {
  const problem = withoutStop(finding.problem)
  const place = finding.place?.trim() ?? ''
  return place && !problem.includes(place) ? `${place}：${problem}` : problem
}

function withoutStop(text = ''): string {
  return text.trim().replace(/。$/, '')
}
