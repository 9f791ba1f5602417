/** How screens get at the one service of the app. */

import { inject, type InjectionKey } from 'vue'

import type { EvidenceService } from './model'

/** The app provides the one evidence service under this key. */
export const EVIDENCE: InjectionKey<EvidenceService> = Symbol('evidence')

/** Throws where no app has provided it. */
export function useEvidence(): EvidenceService {
  const evidence = inject(EVIDENCE, null)
  if (evidence === null) throw new Error('no evidence service is provided')
  return evidence
}
