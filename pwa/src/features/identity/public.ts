/** What other features may use of identity. */

import { defineAsyncComponent } from 'vue'

export { APP_VERSION, FILES_ONLY_HERE, useAppVersion } from './services'
export { useStrip } from './strip'
export { FIELD_TABS } from './tabs'
export { postWords } from './views'
export { certificateState, mayInspect, unfitness, unfitWords } from './rules'

/** Seldom wanted, so not loaded before. */
export const InstallCard = defineAsyncComponent(() => import('./screens/InstallCard.vue'))
