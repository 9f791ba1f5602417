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
export { marks, opensNumber, search, splitQuery } from './searching'
export { clauses, clauseText, isOf, splitStatute } from './statutes'
