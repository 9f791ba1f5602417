/** The library on the phone. */

import type { RouteRecordRaw } from 'vue-router'

export const SCREENS: RouteRecordRaw[] = [
  { path: '/f/law', name: 'field.laws', component: () => import('./screens/field/Laws.vue') },
  { path: '/f/law/:law', name: 'field.law', component: () => import('./screens/field/Law.vue') },
]
