/** 数据导入 at the desk. */

import type { RouteRecordRaw } from 'vue-router'

export const SCREENS: RouteRecordRaw[] = [
  {
    path: '/k/imports',
    name: 'desk.imports',
    component: () => import('./screens/desk/Imports.vue'),
  },
]
