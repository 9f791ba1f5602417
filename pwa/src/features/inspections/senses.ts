/** The phone's camera and position, handed over by the app; a phone may have neither. */

import { inject, type InjectionKey } from 'vue'

import type { Devices } from '@/adapters/media'

export interface Senses {
  readonly devices: Devices | undefined
  readonly geolocation: Geolocation | undefined
}

/** The app provides them under this key. */
export const SENSES: InjectionKey<Senses> = Symbol('senses')

/** Throws where no app has provided them. */
export function useSenses(): Senses {
  const senses = inject(SENSES, null)
  if (senses === null) throw new Error('no senses are provided')
  return senses
}
