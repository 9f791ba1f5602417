/** The library on the phone. */

import type { RouteRecordRaw } from 'vue-router'

import { under } from '@/ui/way-back'

export const SCREENS: RouteRecordRaw[] = [
  {
    path: '/f/law',
    name: 'field.laws',
    meta: under('field.me'),
    component: () => import('./screens/field/Laws.vue'),
  },
  {
    path: '/f/law/:law',
    name: 'field.law',
    meta: under('field.laws'),
    component: () => import('./screens/field/Law.vue'),
  },
]
