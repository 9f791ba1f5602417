/** What an enterprise asked or reported, as the desk reads it. Days are Asia/Shanghai. */

import { type Held, momentWords, orderItems, type View } from '@/features/inspections/public'
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

/** What came of it: who, when, what; empty while it waits. `now` in UTC ms. */
export function outcomeWords(view: View, record: string, now: number): string {
  const answer = view.approval?.find(({ act, of }) => act === 'extend' && of === record)
  return answer ? answerWords(answer, view.today ?? '', now) : recheckWords(view, record, now)
}

function answerWords(
  { answer, by, at, until, words }: Held<'approval'>,
  today: string,
  now: number,
): string {
  const day = until ? `，延到 ${dutyDay(until, today)}` : ''
  const said = answer === 'yes' ? `同意延期${day}` : '不同意延期'
  return `${by?.name ?? ''} ${momentWords(at, now)} ${said}${words ? `：${words}` : '。'}`
}

/** A feedback has been looked at by the first recheck of its order after it. */
function recheckWords(view: View, record: string, now: number): string {
  const said = view.feedback?.find(({ id }) => id === record)
  const after = (view.recheck ?? [])
    .filter(({ order, ended = 0 }) => order === said?.order && ended > (said?.at ?? 0))
    .sort((one, two) => (one.ended ?? 0) - (two.ended ?? 0))
  const [recheck] = said ? after : []
  return recheck ? `${momentWords(recheck.ended, now)} 复查过，已经办结。` : ''
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
