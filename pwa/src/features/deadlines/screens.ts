/** 期限 and 消息. */

import type { RouteRecordRaw } from 'vue-router'

export const SCREENS: readonly RouteRecordRaw[] = [
  { path: '/f/due', name: 'field.deadlines', component: () => import('./screens/Due.vue') },
  {
    path: '/f/calendar',
    name: 'field.calendar',
    component: () => import('./screens/Calendar.vue'),
  },
  { path: '/f/inbox', name: 'field.inbox', component: () => import('./screens/Inbox.vue') },
]
