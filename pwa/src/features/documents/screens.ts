/** The screens of papers (ux.md 2); `:id` is the draft, the dossier stands in the query. */

import type { RouteRecordRaw } from 'vue-router'

export const SCREENS: RouteRecordRaw[] = [
  {
    path: '/f/v/:id/papers',
    name: 'doc.list',
    component: () => import('./screens/field/Papers.vue'),
  },
  {
    path: '/f/v/:id/plan',
    name: 'doc.plan',
    component: () => import('./screens/field/PlanPaper.vue'),
  },
  {
    path: '/f/d/:id',
    name: 'doc.preview',
    component: () => import('./screens/field/Preview.vue'),
  },
  {
    path: '/f/d/:id/sign/:signer',
    name: 'doc.sign',
    component: () => import('./screens/field/Sign.vue'),
  },
  {
    path: '/f/d/:id/refuse',
    name: 'doc.refuse',
    component: () => import('./screens/field/Refuse.vue'),
  },
  {
    path: '/f/d/:id/print',
    name: 'doc.print',
    component: () => import('./screens/field/Print.vue'),
  },
]
