/** 登录, 登记, 锁屏, 我的, 首次设置, 帮助, 报告问题, 人员, 设备, 审计. */

import type { RouteRecordRaw } from 'vue-router'

import { under } from '@/ui/way-back'

import Lock from './screens/Lock.vue'

export const SCREENS: readonly RouteRecordRaw[] = [
  { path: '/login', name: 'login', component: () => import('./screens/Login.vue') },
  { path: '/enrol', name: 'enrol', component: () => import('./screens/Enrol.vue') },
  { path: '/setup/:token', name: 'setup', component: () => import('./screens/Setup.vue') },
  { path: '/revoked', name: 'revoked', component: () => import('./screens/Revoked.vue') },
  {
    path: '/f/me',
    name: 'field.me',
    meta: under('field.today'),
    component: () => import('./screens/Me.vue'),
  },
  {
    path: '/f/me/account',
    name: 'field.account',
    meta: under('field.me'),
    component: () => import('./screens/Account.vue'),
  },
  {
    path: '/f/me/delegations',
    name: 'field.delegations',
    meta: under('field.me'),
    component: () => import('./screens/Delegations.vue'),
  },
  { path: '/help', name: 'help', component: () => import('./screens/Help.vue') },
  { path: '/fault', name: 'fault', component: () => import('./screens/Fault.vue') },
  // Shown at every start of a phone in use: it comes with the app itself.
  { path: '/lock', name: 'lock', component: Lock },
  { path: '/k/people', name: 'desk.people', component: () => import('./screens/desk/People.vue') },
  { path: '/k/phones', name: 'desk.phones', component: () => import('./screens/desk/Phones.vue') },
  { path: '/k/audit', name: 'desk.audit', component: () => import('./screens/desk/Audit.vue') },
  {
    path: '/k/hand-in',
    name: 'desk.hand-in',
    component: () => import('./screens/desk/HandIn.vue'),
  },
]
