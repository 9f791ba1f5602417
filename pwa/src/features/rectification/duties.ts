/** What rechecks leave to be done without days of the law: new orders to be written. */

import type { UndatedDuties } from '@/features/deadlines/public'
import { todayOf } from '@/features/inspections/public'

/** 另定期限，重开指令书, until the new order is issued. */
export const anewDuties: UndatedDuties = (store, now) =>
  todayOf(store, now).anew.map(({ dossier, unit, count }) => ({
    id: dossier,
    title: '另定期限，重开指令书',
    about: `${unit} · ${count} 个问题改了一部分`,
    to: { name: 'recheck.home', params: { id: dossier } },
  }))
