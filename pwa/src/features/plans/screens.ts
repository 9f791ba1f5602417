/** 计划与方案 at the desk (ux.md 2). */

import type { RouteRecordRaw } from 'vue-router'

export const SCREENS: RouteRecordRaw[] = [
  { path: '/k/plans', name: 'desk.plans', component: () => import('./screens/desk/Plans.vue') },
  {
    path: '/k/plans/new',
    name: 'desk.plan.new',
    component: () => import('./screens/desk/PlanNew.vue'),
  },
  {
    path: '/k/plans/lists',
    name: 'desk.lists',
    component: () => import('./screens/desk/ItemLists.vue'),
  },
  {
    path: '/k/plans/special',
    name: 'desk.specials',
    component: () => import('./screens/desk/Specials.vue'),
  },
  { path: '/k/plans/:id', name: 'desk.plan', component: () => import('./screens/desk/Plan.vue') },
]
