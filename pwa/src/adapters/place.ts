import { type Outcome, done, failed } from './outcome'

export interface Place {
  /** WGS-84, in units of 1e-7 degree. */
  readonly latitude: number
  readonly longitude: number
  /** Radius of 95 % confidence, in decimetres. */
  readonly accuracy: number
  /** When the position was measured, ms UTC. */
  readonly at: number
}

/** A visit never waits for a place: without one the photo holds and the spot is written by hand. */
export type PlaceError = { readonly code: 'denied' | 'unavailable' | 'timeout' | 'unsupported' }

const BY_NUMBER: Readonly<Record<number, PlaceError['code']>> = {
  1: 'denied',
  2: 'unavailable',
  3: 'timeout',
}

/**
 * One position, at latest after `timeoutMs`. The browser's own time-out does not run while it
 * waits for an answer to the permission question, so the limit is kept here.
 */
export function locate(
  geolocation: Geolocation | undefined,
  timeoutMs: number,
): Promise<Outcome<Place, PlaceError>> {
  if (!geolocation) return Promise.resolve(failed({ code: 'unsupported' }))
  return new Promise((resolve) => {
    setTimeout(() => resolve(failed({ code: 'timeout' })), timeoutMs)
    geolocation.getCurrentPosition(
      (position) => resolve(done(placeOf(position))),
      (error) => resolve(failed({ code: BY_NUMBER[error.code] ?? 'unavailable' })),
      { enableHighAccuracy: true, timeout: timeoutMs, maximumAge: 0 },
    )
  })
}

function placeOf({ coords, timestamp }: GeolocationPosition): Place {
  return {
    latitude: Math.round(coords.latitude * 1e7),
    longitude: Math.round(coords.longitude * 1e7),
    accuracy: Math.round(coords.accuracy * 10),
    at: Math.round(timestamp),
  }
}
