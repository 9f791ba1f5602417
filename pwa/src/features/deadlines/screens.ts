/** 期限 and 消息. */

import type { RouteRecordRaw } from 'vue-router'

import { under } from '@/ui/way-back'

export const SCREENS: readonly RouteRecordRaw[] = [
  {
    path: '/f/due',
    name: 'field.deadlines',
    meta: under('field.today'),
    component: () => import('./screens/Due.vue'),
  },
  {
    path: '/f/calendar',
    name: 'field.calendar',
    meta: under('field.deadlines'),
    component: () => import('./screens/Calendar.vue'),
  },
  {
    path: '/f/inbox',
    name: 'field.inbox',
    meta: under('field.today'),
    component: () => import('./screens/Inbox.vue'),
  },
]
