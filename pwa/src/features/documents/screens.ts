/**
 * The screens of papers (ux.md 2). On the phone `:id` is the draft, the dossier stands in the query;
 * at the desk `:id` is the dossier, as in its other pages.
 */

import type { RouteMeta, RouteRecordRaw } from 'vue-router'

import { under } from '@/ui/way-back'

const TO_LIST: RouteMeta = {
  parent: ({ query }) => ({ name: 'doc.list', params: { id: String(query.dossier) } }),
}
const TO_PAPER: RouteMeta = {
  parent: ({ params, query }) => ({ name: 'doc.preview', params: { id: params.id }, query }),
}

export const SCREENS: RouteRecordRaw[] = [
  {
    path: '/f/v/:id/papers',
    name: 'doc.list',
    meta: under('visit.home', 'id'),
    component: () => import('./screens/field/Papers.vue'),
  },
  {
    path: '/f/v/:id/plan',
    name: 'doc.plan',
    meta: under('visit.home', 'id'),
    component: () => import('./screens/field/PlanPaper.vue'),
  },
  {
    path: '/f/d/:id',
    name: 'doc.preview',
    meta: TO_LIST,
    component: () => import('./screens/field/Preview.vue'),
  },
  {
    path: '/f/d/:id/sign/:signer',
    name: 'doc.sign',
    meta: TO_PAPER,
    component: () => import('./screens/field/Sign.vue'),
  },
  {
    path: '/f/d/:id/refuse',
    name: 'doc.refuse',
    meta: TO_PAPER,
    component: () => import('./screens/field/Refuse.vue'),
  },
  {
    path: '/f/d/:id/print',
    name: 'doc.print',
    meta: TO_LIST,
    component: () => import('./screens/field/Print.vue'),
  },
  {
    path: '/k/dossiers/:id/paper/:document',
    name: 'desk.doc',
    component: () => import('./screens/desk/PaperPage.vue'),
  },
]
