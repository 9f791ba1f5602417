/** A paper whose exact text cannot be set: it is neither fixed nor issued, and the field is named. */

import { computed, type ComputedRef } from 'vue'

import { isOfPaper, type PrintEngine, PrintFailed, type PrintFault } from '@/adapters/print-engine'

import type { Refused } from '../../model'
import type { Lacking } from '../../papers'
import { fieldWith } from '../../rules'
import { faultWords } from './engine-words'
import type { Paper } from './use-paper'
import { factsOf, type Printed } from './use-print'

/** What keeps the paper as it stands from being set, as a line that leads to the field at fault. */
export function useUnsettable(paper: Paper, { fault }: Printed): ComputedRef<Lacking | null> {
  return computed(() => (fault.value && isOfPaper(fault.value) ? lineOf(paper, fault.value) : null))
}

/** Why the engine does not set the paper; null also where the engine itself does not run. */
export async function faultOf(
  engine: PrintEngine,
  paper: Pick<Paper, 'at' | 'content' | 'hands' | 'number' | 'store'>,
  now: number,
): Promise<PrintFault | null> {
  try {
    await engine.render(paper.at.value.kind, (await factsOf(paper, now)).facts)
    return null
  } catch (failure) {
    if (!(failure instanceof PrintFailed)) throw failure
    return isOfPaper(failure.fault) ? failure.fault : null
  }
}

/** Why the paper could not be set with this refusal, in words; empty where it could. */
export async function refusalFault(
  engine: PrintEngine,
  paper: Paper,
  refused: Refused,
  now: number,
): Promise<string> {
  const hands = computed(() => ({ ...paper.hands.value, party: null, refused }))
  const fault = await faultOf(engine, { ...paper, hands }, now)
  if (fault === null) return ''
  const field = fault.character ? fieldWith({ refused }, fault.character) : null
  return withoutStop(faultWords(fault, field?.words).happened)
}

function lineOf({ content, hands, placeOf }: Paper, fault: PrintFault): Lacking {
  const said = { ...content.value, refused: hands.value.refused }
  const field = fault.character ? fieldWith(said, fault.character) : null
  const says = withoutStop(faultWords(fault, field?.words).happened)
  return { says, verb: '去改', to: placeOf(field?.path ?? ''), conflict: false }
}

function withoutStop(words: string): string {
  return words.replace(/。$/, '')
}
