/**
 * What an order asks, what a recheck found, and what follows (S0-5b, S1-11c). The day by which a
 * recheck or a transfer must be done is a clock's, not here.
 */

import type { Answer, Demand, DueGroup, Duty, Outcome } from './model'

/** The items by day, the earliest day first. */
export function dueGroups(demands: readonly Demand[]): readonly DueGroup[] {
  const days = [...new Set(demands.map((each) => each.due))].sort()
  return days.map((due) => ({ due, numbers: numbers(demands.filter((each) => each.due === due)) }))
}

/** Numbers of the items a recheck has no result for. */
export function unanswered(
  demands: readonly Demand[],
  answers: readonly Answer[],
): readonly number[] {
  const answered = new Set(answers.map((each) => each.finding))
  return numbers(demands.filter((each) => !answered.has(each.finding)))
}

/** The whole recheck: one item untouched fails it. Throws a RangeError without answers. */
export function outcome(answers: readonly Answer[]): Outcome {
  if (answers.length === 0) throw new RangeError('a recheck without results')
  if (answers.some((each) => each.result === 'not_fixed')) return 'failed'
  return answers.some((each) => each.result === 'partly') ? 'partly' : 'passed'
}

/**
 * What was begun gets a new order with a new day; what was refused goes to the detachment.
 *
 * `day` (Asia/Shanghai) is that of the recheck. 没改好 before an item's last day is no refusal: the
 * order gives the unit until that day (S0-5b), so nothing is transferred and its clocks run on. On
 * the last day itself the item may be judged. A transfer does not end the rectification of the
 * same finding (domain.md 6.3).
 */
export function nextDuties(
  demands: readonly Pick<Demand, 'finding' | 'due'>[],
  answers: readonly Answer[],
  day: string,
): readonly Duty[] {
  const running = new Set(demands.filter(({ due }) => day < due).map(({ finding }) => finding))
  const found = (result: Answer['result']): readonly string[] =>
    answers.filter((each) => each.result === result).map((each) => each.finding)
  const refused = found('not_fixed').filter((each) => !running.has(each))
  const duties: readonly Duty[] = [
    { act: 'transfer', findings: refused, clock: 'D03', source: 'S1-11c、S0-7b' },
    { act: 'new_order', findings: found('partly'), clock: '', source: 'S0-5b' },
  ]
  return duties.filter((duty) => duty.findings.length > 0)
}

function numbers(demands: readonly Demand[]): readonly number[] {
  return demands.map((each) => each.number).sort((one, two) => one - two)
}
