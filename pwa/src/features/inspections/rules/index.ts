/** What an inspection wants at each stage, and the state its facts put it in. Pure. */

export { BLANK, STAGES, breaches, lacks } from './lacking'
export { endedAt, keepsOpen, mayClose, openItems, progress, stateOf } from './state'
export { orderItems, partlyItems } from './view'
