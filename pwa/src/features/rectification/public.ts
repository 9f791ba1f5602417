/** What other features and the app may use of rectification. */

export { OPINION_PAPER, ORDER_PAPER } from './papers'
