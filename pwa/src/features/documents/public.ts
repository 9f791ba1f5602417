/** What other features and the app may use of documents. */

export { openDraft } from './commands'
export { printWords, serviceWords } from './ledger'
export type { Content } from './model'
export {
  type DraftContent,
  type Lacking,
  type PaperBuilder,
  type PaperTable,
  paperTitle,
  settingOf,
} from './papers'
export { blanks, contentText, factsText } from './rules'
export {
  ENGINE_KEEPER,
  PAPERS,
  PRINT_ENGINE,
  useEngineKeeper,
  usePapers,
  usePrintEngine,
} from './services'
