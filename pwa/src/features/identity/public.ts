/** What other features may use of identity. */

export { useStrip } from './strip'
export { FIELD_TABS } from './tabs'
