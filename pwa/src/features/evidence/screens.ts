/** The screens of evidence on the phone (ux.md 2). */

import type { RouteRecordRaw } from 'vue-router'

export const SCREENS: RouteRecordRaw[] = [
  {
    path: '/f/v/:id/camera',
    name: 'visit.camera',
    component: () => import('./screens/field/CameraScreen.vue'),
  },
  {
    path: '/f/v/:id/photo/:photo',
    name: 'visit.photo',
    component: () => import('./screens/field/PhotoScreen.vue'),
  },
  {
    path: '/f/sync',
    name: 'field.sync',
    component: () => import('./screens/field/SyncScreen.vue'),
  },
]
