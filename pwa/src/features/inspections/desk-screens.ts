/** The desk's screens over inspections (ux.md 2). */

import type { RouteRecordRaw } from 'vue-router'

export const DESK_SCREENS: RouteRecordRaw[] = [
  { path: '/k', name: 'desk.board', component: () => import('./screens/desk/Board.vue') },
  { path: '/k/clocks', name: 'desk.clocks', component: () => import('./screens/desk/Clocks.vue') },
  {
    path: '/k/dossiers',
    name: 'desk.dossiers',
    component: () => import('./screens/desk/Dossiers.vue'),
  },
  {
    path: '/k/dossiers/:id',
    name: 'desk.dossier',
    component: () => import('./screens/desk/Dossier.vue'),
  },
  {
    path: '/k/conflicts',
    name: 'desk.conflicts',
    component: () => import('./screens/desk/Conflicts.vue'),
  },
  {
    path: '/k/enterprises',
    name: 'desk.enterprises',
    component: () => import('./screens/desk/Enterprises.vue'),
  },
  {
    path: '/k/faults',
    name: 'desk.faults',
    component: () => import('./screens/desk/Faults.vue'),
  },
  { path: '/k/law', name: 'desk.law', component: () => import('./screens/desk/Laws.vue') },
]
