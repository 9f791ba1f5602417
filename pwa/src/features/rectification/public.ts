/** What other features and the app may use of rectification. */

export { anewDuties } from './duties'
export { OPINION_PAPER, ORDER_PAPER } from './papers'
