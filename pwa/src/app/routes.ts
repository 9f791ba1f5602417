/** Every screen of the product, each feature's own list; paths as ux.md 2 has them. */

import type { RouteRecordRaw } from 'vue-router'

import { HOME } from './gate'

import { SCREENS as deadlines } from '@/features/deadlines/screens'
import { SCREENS as disclosure } from '@/features/disclosure/screens'
import { SCREENS as documents } from '@/features/documents/screens'
import { SCREENS as evidence } from '@/features/evidence/screens'
import { SCREENS as identity } from '@/features/identity/screens'
import { SCREENS as imports } from '@/features/imports/screens'
import { DESK_SCREENS as inspectionsDesk } from '@/features/inspections/desk-screens'
import { SCREENS as inspections } from '@/features/inspections/screens'
import { VISIT_SCREENS as visit } from '@/features/inspections/visit-screens'
import { SCREENS as law } from '@/features/law/screens'
import { SCREENS as plans } from '@/features/plans/screens'
import { SCREENS as rectification } from '@/features/rectification/screens'

export const ROUTES: readonly RouteRecordRaw[] = [
  ...identity,
  ...law,
  ...inspections,
  ...visit,
  ...evidence,
  ...documents,
  ...rectification,
  ...deadlines,
  ...plans,
  ...inspectionsDesk,
  ...imports,
  ...disclosure,
  { path: '/', name: HOME, component: { render: () => null } },
  { path: '/:rest(.*)*', redirect: '/' },
]
