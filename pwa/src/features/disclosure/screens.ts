/** 投诉与评价, for the legal section and the leaders (S3-5.1). */

import type { RouteRecordRaw } from 'vue-router'

export const SCREENS: RouteRecordRaw[] = [
  {
    path: '/k/complaints',
    name: 'desk.complaints',
    component: () => import('./screens/desk/Complaints.vue'),
  },
]
