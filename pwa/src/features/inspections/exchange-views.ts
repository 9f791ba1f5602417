/** 交换意见 (S4-12b): who takes part unless changed, and what was talked about. */

import type { Officer, Participant } from '@contract/records'

import type { Held, View } from './model'
import { live, receivedBy } from './rules/view'
import { opinionOf, saidOf } from './visit-views'

/** Those of the last answer; at first the officers of the visit and who received them. */
export function presentAt(
  view: View,
  officers: ReadonlyMap<string, Officer>,
): readonly Participant[] {
  const last = live(view, 'exchange').at(-1)?.participants
  if (last) return last
  const ids = live(view, 'inspection')[0]?.officers ?? []
  const ours = ids.flatMap((id) => officers.get(id) ?? [])
  const received = receivedBy(view)
  return [
    ...ours.map(({ name }) => ({ name, side: 'bureau', post: '执法人员' })),
    ...(received ? [{ name: received.name, side: 'unit', post: received.post ?? '' }] : []),
  ]
}

/** How many findings have no answer to their words as they stand, or an objection without words. */
export function untold(view: View): number {
  return live(view, 'finding').filter((finding) => {
    const opinion = opinionOf(view, finding)
    return !opinion || (!opinion.agreed && !opinion.words?.trim())
  }).length
}

/** What was said before the finding was changed: 「问题在谈过以后改过，上次认可不算数。」 */
export function outdatedWords(view: View, finding: Held<'finding'>): string {
  const last = saidOf(view, finding).at(-1)
  if (last === undefined || opinionOf(view, finding)) return ''
  const said = last.agreed ? '认可' : '有异议'
  return `企业说“${said}”以后，问题改过。念给对方听，再谈一次。`
}
