/** The screens of evidence on the phone (ux.md 2). */

import type { RouteRecordRaw } from 'vue-router'

import { under } from '@/ui/way-back'

export const SCREENS: RouteRecordRaw[] = [
  {
    path: '/f/v/:id/camera',
    name: 'visit.camera',
    meta: under('visit.home', 'id'),
    component: () => import('./screens/field/CameraScreen.vue'),
  },
  {
    path: '/f/v/:id/photo/:photo',
    name: 'visit.photo',
    meta: under('visit.home', 'id'),
    component: () => import('./screens/field/PhotoScreen.vue'),
  },
  {
    path: '/f/sync',
    name: 'field.sync',
    meta: under('field.today'),
    component: () => import('./screens/field/SyncScreen.vue'),
  },
]
