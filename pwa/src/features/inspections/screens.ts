/** The screens from 今日 to the meeting room's door, and the choice between versions (ux.md 2). */

import type { RouteRecordRaw } from 'vue-router'

import { under } from '@/ui/way-back'

export const SCREENS: RouteRecordRaw[] = [
  { path: '/f', name: 'field.today', component: () => import('./screens/field/Today.vue') },
  {
    path: '/f/search',
    name: 'field.search',
    meta: under('field.today'),
    component: () => import('./screens/field/Search.vue'),
  },
  {
    path: '/f/e',
    name: 'field.enterprises',
    meta: under('field.today'),
    component: () => import('./screens/field/Enterprises.vue'),
  },
  {
    path: '/f/e/:id',
    name: 'field.enterprise',
    meta: under('field.enterprises'),
    component: () => import('./screens/field/Enterprise.vue'),
  },
  {
    path: '/f/scan',
    name: 'field.scan',
    meta: under('field.today'),
    component: () => import('./screens/field/Scan.vue'),
  },
  {
    path: '/f/received',
    name: 'field.received',
    meta: under('field.today'),
    component: () => import('./screens/field/Received.vue'),
  },
  {
    path: '/f/conflict/:id',
    name: 'field.conflict',
    meta: under('field.today'),
    component: () => import('./screens/field/Conflict.vue'),
  },
  {
    path: '/f/v/:id/arrive',
    name: 'visit.arrive',
    meta: under('field.today'),
    component: () => import('./screens/field/Arrive.vue'),
  },
]
