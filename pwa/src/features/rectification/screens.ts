/** The screen of the recheck (ux.md 2); `:id` is the dossier. */

import type { RouteRecordRaw } from 'vue-router'

export const SCREENS: RouteRecordRaw[] = [
  {
    path: '/f/r/:id',
    name: 'recheck.home',
    component: () => import('./screens/field/Recheck.vue'),
  },
]
