/** 检查表 beyond the single visit: the words of its answers, what the visit before found. */

import type { Store } from '@/store/types'

import { type CheckState, stateOfCheck } from './visit-views'

/** 自动下一项, kept on this phone; absent is yes. */
export const AUTO_NEXT = 'visit.auto_next'

export const CHECK_WORDS: Readonly<Record<CheckState, string>> = {
  open: '没查',
  conforms: '符合',
  problem: '有问题',
  not_applicable: '不涉及',
}

/** The newest answer to the item at the same enterprise in another dossier carried here. */
export function resultBefore(store: Store, dossier: string, item: string): CheckState | null {
  const code = codeOf(store, dossier)
  if (code === undefined) return null
  const others = store.dossiers().filter((each) => each !== dossier && codeOf(store, each) === code)
  const answers = others.flatMap((other) => {
    const started = store.records(other, 'inspection')[0]?.values.started ?? 0
    return store
      .records(other, 'check')
      .filter(({ values }) => values.item === item && values.result)
      .map((check) => ({ started, state: stateOfCheck({ ...check.values, ...check }) }))
  })
  return answers.sort((one, two) => one.started - two.started).at(-1)?.state ?? null
}

function codeOf(store: Store, dossier: string): string | undefined {
  return store.records(dossier, 'dossier')[0]?.values.enterprise?.code
}
