/** Complaints and evaluations in words. */

import type { ComplaintBody, ComplaintView, EvaluationView } from '@/generated/http'

export type Deed = ComplaintBody['act']

export interface Question {
  readonly id: string
  readonly text: string
}

const STATES: Readonly<Record<string, string>> = {
  received: '等受理',
  accepted: '已受理，等答复',
  replied: '已答复',
  closed: '已办结',
}
const DEEDS: Readonly<Record<string, string>> = { accept: '受理', reply: '答复', close: '办结' }
const NEXT: Readonly<Record<string, readonly Deed[]>> = {
  received: ['accept', 'reply'],
  accepted: ['reply'],
  replied: ['close'],
  closed: [],
}

export function stateWords(state: string): string {
  return STATES[state] ?? state
}

export function deedWords(act: string): string {
  return DEEDS[act] ?? act
}

/** What this reader may do with it now. */
export function deedsOpen({ state, may_answer }: ComplaintView): readonly Deed[] {
  return may_answer ? (NEXT[state] ?? []) : []
}

/** 「3 人说是，1 人说不是」 by question; nobody is ranked by it. */
export function tallied(
  evaluations: readonly EvaluationView[],
  questions: readonly Question[],
): readonly { readonly text: string; readonly words: string }[] {
  const count = (id: string, said: string): number =>
    evaluations.filter(({ answers }) => answers[id] === said).length
  return questions.map(({ id, text }) => ({
    text,
    words: `${count(id, 'yes')} 人说是，${count(id, 'no')} 人说不是`,
  }))
}
