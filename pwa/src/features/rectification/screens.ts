/** The recheck on the phone, what enterprises ask at the desk (ux.md 2); `:id` is the dossier. */

import type { RouteRecordRaw } from 'vue-router'

import { under } from '@/ui/way-back'

export const SCREENS: RouteRecordRaw[] = [
  {
    path: '/f/r/:id',
    name: 'recheck.home',
    meta: under('field.deadlines'),
    component: () => import('./screens/field/Recheck.vue'),
  },
  {
    path: '/k/requests/:id/:record',
    name: 'desk.request',
    component: () => import('./screens/desk/Request.vue'),
  },
]
