/** The screens from 今日 to the meeting room's door, and the choice between versions (ux.md 2). */

import type { RouteRecordRaw } from 'vue-router'

export const SCREENS: RouteRecordRaw[] = [
  { path: '/f', name: 'field.today', component: () => import('./screens/field/Today.vue') },
  {
    path: '/f/search',
    name: 'field.search',
    component: () => import('./screens/field/Search.vue'),
  },
  {
    path: '/f/e',
    name: 'field.enterprises',
    component: () => import('./screens/field/Enterprises.vue'),
  },
  {
    path: '/f/e/:id',
    name: 'field.enterprise',
    component: () => import('./screens/field/Enterprise.vue'),
  },
  { path: '/f/scan', name: 'field.scan', component: () => import('./screens/field/Scan.vue') },
  {
    path: '/f/received',
    name: 'field.received',
    component: () => import('./screens/field/Received.vue'),
  },
  {
    path: '/f/conflict/:id',
    name: 'field.conflict',
    component: () => import('./screens/field/Conflict.vue'),
  },
  {
    path: '/f/v/:id/arrive',
    name: 'visit.arrive',
    component: () => import('./screens/field/Arrive.vue'),
  },
]
