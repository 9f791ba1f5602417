/** 法规库 for other features: citations in words, the clause picker. */

export { useLibrary } from './library'
export type { Law } from './model'
export { default as ClausePicker } from './screens/ClausePicker.vue'
export { type Library, libraryOf, quoteOf, wordsOf } from './views'
