/** A history: what happens to phones, network and server, one small step after another. */

import { Random } from './random'

/** How often each kind of step is chosen, in parts of the sum. */
const WEIGHTS = {
  edit: 28,
  open: 5,
  flawed: 2,
  sync: 18,
  kill: 8,
  stop: 4,
  busy: 4,
  meanwhile: 6,
  carry: 4,
  repeat: 4,
  late: 4,
  serverClock: 4,
  phoneClock: 3,
  grant: 5,
  revoke: 5,
  officeOpens: 2,
  release: 5,
  serverRestart: 2,
  serverCrash: 4,
  serverBackup: 3,
  serverRestore: 4,
  phoneBackup: 3,
  phoneRestore: 4,
  phoneClone: 4,
  enrolmentEnds: 1,
} as const

export type Kind = keyof typeof WEIGHTS

/**
 * One step. `phone` and `salt` are counted modulo what there is, so that a history stays a history
 * when steps are taken out of it.
 */
export interface Step {
  readonly kind: Kind
  readonly phone: number
  readonly salt: number
}

const KINDS = Object.entries(WEIGHTS) as readonly [Kind, number][]
const ALWAYS: ReadonlySet<Kind> = new Set(['edit', 'open', 'sync'])
const INCLUDED = 40
const FEW = 60

/** The history of a seed: few kinds of mishap each, so that they come often and meet each other. */
export function historyOf(seed: number, steps: number): readonly Step[] {
  const chance = new Random(seed)
  const kinds = KINDS.filter(([kind]) => ALWAYS.has(kind) || chance.chance(INCLUDED))
  return Array.from({ length: steps }, () => ({
    kind: kindOf(kinds, chance),
    phone: chance.chance(FEW) ? chance.below(2) : chance.below(12),
    salt: chance.below(1_000_000),
  }))
}

function kindOf(kinds: readonly (readonly [Kind, number])[], chance: Random): Kind {
  let left = chance.below(kinds.reduce((sum, [, weight]) => sum + weight, 0))
  for (const [kind, weight] of kinds) {
    left -= weight
    if (left < 0) return kind
  }
  throw new RangeError('no kinds')
}
