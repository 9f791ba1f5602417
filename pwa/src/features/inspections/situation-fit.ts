/**
 * Whether 检查情况 still says what the list, the findings and the talk say. Only what the text states
 * in the words of the composed form is held against them: the officer's own words are his.
 */

import type { Held, Lack, View } from './model'
import { live, RECORD } from './rules/view'
import { HANDLED, problemWords } from './situation'
import { checkRows, opinionOf, tally } from './visit-views'

const ANSWERS = [
  ['符合', 'conforms'],
  ['有问题', 'problem'],
  ['不涉及', 'not_applicable'],
  ['未检查', 'open'],
] as const
const NOT_FOUND = '检查未发现问题'

/** What the text says otherwise, in sentences; empty where it fits. */
export function misfits(view: View): readonly string[] {
  const text = live(view, 'inspection')[0]?.situation ?? ''
  const findings = live(view, 'finding')
  return [
    ...miscounted(text, view),
    ...misnumbered(text, findings),
    ...misdescribed(text, findings),
    ...misheard(text, view, findings),
  ]
}

/** The coach's line; none once the record is issued, for then nothing of it is changed. */
export function situationLack(view: View): readonly Lack[] {
  const issued = live(view, 'document').some(({ kind }) => kind === RECORD)
  const record = live(view, 'inspection')[0]?.id ?? ''
  if (issued || misfits(view).length === 0) return []
  const says = '检查情况和现在的检查表、问题对不上'
  const go = 'inspection:situation'
  return [{ id: 'situation', level: 'advice', says, verb: '去看', go, record, source: '安全生产法第六十八条' }]
}

function miscounted(text: string, view: View): readonly string[] {
  const counts = tally(checkRows(view))
  return ANSWERS.flatMap(([word, state]) => {
    const said = new RegExp(`(?<!不)${word}(\\d+)项`).exec(text)?.[1]
    const now = counts[state]
    return said && Number(said) !== now ? [`写了“${word}${said}项”，检查表上是 ${now} 项。`] : []
  })
}

function misnumbered(text: string, findings: readonly Held<'finding'>[]): readonly string[] {
  const now = findings.length
  const said = /以下(\d+)个问题/.exec(text)?.[1]
  if (said && Number(said) !== now) return [`写了${said}个问题，现在有 ${now} 个。`]
  return now > 0 && text.includes(NOT_FOUND) ? [`写了“${NOT_FOUND}”，现在有 ${now} 个。`] : []
}

function misdescribed(text: string, findings: readonly Held<'finding'>[]): readonly string[] {
  return text.split('\n').flatMap((line) => {
    const number = Number(/^\s*(\d+)．/.exec(line)?.[1])
    const finding = findings[number - 1]
    return finding && !describes(line, finding) ? [`第${number}个问题后来改过。`] : []
  })
}

/** A way of handling the line does not name is his to leave out; one not chosen is not. */
function describes(line: string, finding: Held<'finding'>): boolean {
  const chosen = finding.dispositions ?? []
  const handled = Object.entries(HANDLED).filter(([, words]) => line.includes(words))
  return line.includes(problemWords(finding)) && handled.every(([way]) => chosen.includes(way))
}

function misheard(
  text: string,
  view: View,
  findings: readonly Held<'finding'>[],
): readonly string[] {
  const said = /对问题([\d、]+)没有异议/.exec(text)?.[1]?.split('、').map(Number) ?? []
  return said
    .filter((number) => {
      const finding = findings[number - 1]
      return !finding || !opinionOf(view, finding)?.agreed
    })
    .map((number) => `写了对问题${number}没有异议，现在没有这样的意见。`)
}
