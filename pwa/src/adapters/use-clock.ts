/** The clock in components; apart from the clock itself, which workers use too. */

import { inject, type InjectionKey } from 'vue'

import type { Clock } from './clock'

/** The app provides its clock under this key, so that screens can be given another. */
export const CLOCK: InjectionKey<Clock> = Symbol('clock')

/** The time in components. Throws where no app has provided it. */
export function useClock(): Clock {
  const clock = inject(CLOCK, null)
  if (clock === null) throw new Error('no clock is provided')
  return clock
}
