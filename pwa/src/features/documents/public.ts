/** What other features and the app may use of documents. */

export { openDraft } from './commands'
export type { Content } from './model'
export {
  type DraftContent,
  type Lacking,
  type PaperBuilder,
  type PaperTable,
  settingOf,
} from './papers'
export { blanks, contentText, factsText } from './rules'
export { PAPERS, PRINT_ENGINE, usePapers, usePrintEngine } from './services'
