/** What other features may use of identity. */

import { defineAsyncComponent } from 'vue'

export { type FaultLog, faultLog, type Trace } from './fault-log'
export {
  APP_VERSION,
  type Behind,
  BEHIND_THE_LOCK,
  FAULT_LOG,
  FILES_ONLY_HERE,
  PRACTICE,
  type PracticeDoor,
  useAppVersion,
} from './services'
export { SAVED } from './screens/use-lifeboat'
export { keepGuided, keptGuided } from './commands'
export { type Guided, said, sentenceAt, UNGUIDED } from './guide'
export { useStrip } from './strip'
export { FIELD_TABS } from './tabs'
export { postWords } from './views'
export { certificateState, mayInspect, unfitness, unfitWords } from './rules'

/** Seldom wanted, so not loaded before. */
export const InstallCard = defineAsyncComponent(() => import('./screens/InstallCard.vue'))
