/** What other features may use of identity. */

export { useStrip } from './strip'
export { FIELD_TABS } from './tabs'
export { certificateState, mayInspect, unfitness, unfitWords } from './rules'
