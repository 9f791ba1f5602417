import { randomHex } from './random'

export interface Clock {
  /** Wall clock: milliseconds since 1970-01-01 UTC. May jump when the phone is set. */
  now(): number
  /** Milliseconds since this page began. Never goes back; may stand still while asleep. */
  monotonic(): number
  /** Names this life of the page: monotonic readings of two lives cannot be compared. */
  readonly pageLife: string
}

/** The only door to the time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  pageLife: randomHex(8),
}
