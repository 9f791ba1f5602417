/** 没有法定天数的事: duties other features know of, listed beside the clocks. */

import { inject, type InjectionKey } from 'vue'
import type { RouteLocationRaw } from 'vue-router'

import type { Store } from '@/store'

export interface UndatedDuty {
  readonly id: string
  readonly title: string
  readonly about: string
  readonly to: RouteLocationRaw
}

/** What stands open in the dossiers carried; `now` in UTC ms. */
export type UndatedDuties = (store: Store, now: number) => readonly UndatedDuty[]

export const UNDATED: InjectionKey<UndatedDuties> = Symbol('undated duties')

/** None where the app has provided none. */
export function useUndated(): UndatedDuties {
  return inject(UNDATED, () => () => [], true)
}
