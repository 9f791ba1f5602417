/** 法规库 for other features: citations in words, the clause picker, the library to read in. */

export { useLibrary } from './library'
export type { Law } from './model'
export { placeOfArticle, STANDING_WORDS } from './reading-views'
export { type Renewal, renewalsOf } from './renewal'
export { default as ClausePicker } from './screens/ClausePicker.vue'
export { default as HitCell } from './screens/HitCell.vue'
export { default as LawShelf } from './screens/LawShelf.vue'
export { default as LawText } from './screens/LawText.vue'
export { default as StaleClauses } from './screens/StaleClauses.vue'
export { shelfWords } from './shelf-words'
export { type ClauseCard, type Library, libraryOf, quoteOf, searchCards, wordsOf } from './views'
