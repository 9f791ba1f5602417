/** The screens of a visit from the checklist to its end (ux.md 2). */

import type { RouteRecordRaw } from 'vue-router'

export const VISIT_SCREENS: RouteRecordRaw[] = [
  {
    path: '/f/v/:id',
    name: 'visit.home',
    component: () => import('./screens/visit/VisitHome.vue'),
    children: [
      { path: 'end', name: 'visit.end', component: () => import('./screens/visit/EndVisit.vue') },
    ],
  },
  {
    path: '/f/v/:id/list',
    name: 'visit.list',
    component: () => import('./screens/visit/CheckList.vue'),
  },
  {
    path: '/f/v/:id/check/:check',
    name: 'visit.check',
    component: () => import('./screens/visit/CheckItem.vue'),
  },
  {
    path: '/f/v/:id/finding/:finding',
    name: 'visit.finding',
    component: () => import('./screens/visit/FindingEditor.vue'),
  },
  {
    path: '/f/v/:id/exchange',
    name: 'visit.exchange',
    component: () => import('./screens/visit/ExchangeOpinions.vue'),
  },
  {
    path: '/f/v/:id/record',
    name: 'visit.record',
    component: () => import('./screens/visit/RecordDetails.vue'),
  },
]
