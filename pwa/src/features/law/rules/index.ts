/** Citations, statutes cut into clauses, search. */

export {
  citationWords,
  clauseWords,
  formatCitation,
  parseCitation,
  readClause,
  standing,
  succession,
  successorOf,
} from './citations'
export { numeral, readNumber } from './numerals'
export { isEmpty, readQuery, soughtAs } from './query'
export { marks, search } from './searching'
export { clauses, clauseText, isOf, splitStatute } from './statutes'
