/** 交换意见 (S4-12b): who takes part unless changed, and what was talked about. */

import type { Officer, Participant } from '@contract/records'

import type { View } from './model'
import { live, receivedBy } from './rules/view'
import { opinionOf } from './visit-views'

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

/** How many findings nobody has answered yet. */
export function untold(view: View): number {
  return live(view, 'finding').filter((finding) => !opinionOf(view, finding.id)).length
}
