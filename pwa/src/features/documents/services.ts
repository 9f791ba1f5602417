/** What the app hands to the screens of papers. */

import { inject, type InjectionKey } from 'vue'

import type { EngineKeeper } from '@/adapters/engine-files'
import type { PrintEngine } from '@/adapters/print-engine'

import type { PaperTable } from './papers'

export const PRINT_ENGINE: InjectionKey<PrintEngine> = Symbol('print engine')
export const ENGINE_KEEPER: InjectionKey<EngineKeeper> = Symbol('engine keeper')
export const PAPERS: InjectionKey<PaperTable> = Symbol('papers')

/** Throws where the app has provided none. */
export function usePrintEngine(): PrintEngine {
  const engine = inject(PRINT_ENGINE, null)
  if (engine === null) throw new Error('no print engine is provided')
  return engine
}

/** Throws where the app has provided none. */
export function useEngineKeeper(): EngineKeeper {
  const keeper = inject(ENGINE_KEEPER, null)
  if (keeper === null) throw new Error('no engine keeper is provided')
  return keeper
}

/** Throws where the app has provided none. */
export function usePapers(): PaperTable {
  const papers = inject(PAPERS, null)
  if (papers === null) throw new Error('no papers are provided')
  return papers
}
