/** What an enterprise asked or reported, as the desk reads it. Days are Asia/Shanghai. */

import { orderItems, type View } from '@/features/inspections/public'
import { dutyDay } from '@/ui/date-words'

export type Line = readonly [name: string, words: string]

/** Name and words of each line; empty ones are left out. */
export function requestLines(view: View, record: string): readonly Line[] {
  const lines = [...feedbackLines(view, record), ...extensionLinesOf(view, record)]
  return lines.filter(([, words]) => words !== '')
}

/** The day an extension asks for; null for a feedback. */
export function requestedDay(view: View, record: string): string | null {
  return view.extension?.find(({ id }) => id === record)?.until || null
}

function feedbackLines(view: View, record: string): readonly Line[] {
  const found = view.feedback?.find(({ id }) => id === record)
  if (!found) return []
  return [
    ...itemLines(view, found.order ?? '', [found.finding ?? '']),
    ['企业说', found.words ?? ''],
    ['照片', `${(found.photos ?? []).length} 张，在卷宗的证据里`],
    ['申请', found.recheck ? '提前复查' : ''],
    ['谁报的', personWords(found.by)],
  ]
}

function extensionLinesOf(view: View, record: string): readonly Line[] {
  const found = view.extension?.find(({ id }) => id === record)
  if (!found) return []
  return [
    ...itemLines(view, found.order ?? '', found.findings ?? []),
    ['申请延到', found.until ? dutyDay(found.until, view.today ?? '') : ''],
    ['理由', found.reason ?? ''],
    ['谁申请的', personWords(found.by)],
  ]
}

function itemLines(view: View, order: string, findings: readonly string[]): readonly Line[] {
  return orderItems(view)
    .filter((item) => item.order === order && findings.includes(item.finding))
    .flatMap((item): readonly Line[] => [
      [`第 ${item.number} 项`, item.problem],
      ['现在的期限', dutyDay(item.due, view.today ?? '')],
    ])
}

function personWords(by: { name: string; phone?: string } | null | undefined): string {
  return [by?.name, by?.phone].filter(Boolean).join(' · ')
}
