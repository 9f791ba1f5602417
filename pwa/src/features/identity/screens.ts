/** 登录, 登记, 锁屏, 我的, 帮助, 报告问题. */

import type { RouteRecordRaw } from 'vue-router'

export const SCREENS: readonly RouteRecordRaw[] = [
  { path: '/login', name: 'login', component: () => import('./screens/Login.vue') },
  { path: '/enrol', name: 'enrol', component: () => import('./screens/Enrol.vue') },
  { path: '/f/me', name: 'field.me', component: () => import('./screens/Me.vue') },
  { path: '/help', name: 'help', component: () => import('./screens/Help.vue') },
  { path: '/fault', name: 'fault', component: () => import('./screens/Fault.vue') },
  { path: '/lock', name: 'lock', component: () => import('./screens/Lock.vue') },
]
