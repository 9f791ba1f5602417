/** The screens of a visit from the checklist to its end (ux.md 2). */

import type { RouteRecordRaw } from 'vue-router'

import { under } from '@/ui/way-back'

export const VISIT_SCREENS: RouteRecordRaw[] = [
  {
    path: '/f/v/:id',
    name: 'visit.home',
    meta: under('field.today'),
    component: () => import('./screens/visit/VisitHome.vue'),
    children: [
      {
        path: 'end',
        name: 'visit.end',
        meta: under('visit.home', 'id'),
        component: () => import('./screens/visit/EndVisit.vue'),
      },
    ],
  },
  {
    path: '/f/v/:id/list',
    name: 'visit.list',
    meta: under('visit.home', 'id'),
    component: () => import('./screens/visit/CheckList.vue'),
  },
  {
    path: '/f/v/:id/check/:check',
    name: 'visit.check',
    meta: under('visit.home', 'id'),
    component: () => import('./screens/visit/CheckItem.vue'),
  },
  {
    path: '/f/v/:id/finding/:finding',
    name: 'visit.finding',
    meta: under('visit.home', 'id'),
    component: () => import('./screens/visit/FindingEditor.vue'),
  },
  {
    path: '/f/v/:id/exchange',
    name: 'visit.exchange',
    meta: under('visit.home', 'id'),
    component: () => import('./screens/visit/ExchangeOpinions.vue'),
  },
  {
    path: '/f/v/:id/record',
    name: 'visit.record',
    meta: under('visit.home', 'id'),
    component: () => import('./screens/visit/RecordDetails.vue'),
  },
]
