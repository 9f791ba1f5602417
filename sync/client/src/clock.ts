/** CK: times order and never identify. `"<13-digit ms>-<4 hex>"`, UTC, compared as ASCII. */

import { readId } from './names'

export type Time = string

/** What CK5 orders: an effective time, and the id for ties. */
export interface Timed {
  readonly id: string
  readonly time: Time
}

const SKEW_ALLOWED_MS = 120_000
const LAST_MS = 9_999_999_999_999
const LAST_COUNT = 0xffff
const TIME_FORM = /^[0-9]{13}-[0-9a-f]{4}$/

export function isTime(text: string): boolean {
  return TIME_FORM.test(text)
}

/** CK2: the time of a new changeset; `wall` in UTC ms. Throws RangeError outside 13 digits. */
export function nextTime(last: Time | null, wall: number): Time {
  if (last === null) return format(wall, 0)
  const lastMs = Number(last.slice(0, 13))
  if (wall > lastMs) return format(wall, 0)
  const count = Number.parseInt(last.slice(14), 16)
  return count < LAST_COUNT ? format(lastMs, count + 1) : format(lastMs + 1, 0)
}

/** CK3: the lesser of the author's time and what the receipt allows; `received` in UTC ms. */
export function effectiveTime(time: Time, received: number): Time {
  const bound = format(received + SKEW_ALLOWED_MS, LAST_COUNT)
  return time < bound ? time : bound
}

/** The later of two times; null stands for "none yet". */
export function laterTime(a: Time | null, b: Time | null): Time | null {
  if (a === null || b === null) return a ?? b
  return a < b ? b : a
}

/** CK5: negative where `a` comes first. */
export function compareHeads(a: Timed, b: Timed): number {
  if (a.time !== b.time) return a.time < b.time ? -1 : 1
  const [left, right] = [readId(a.id), readId(b.id)]
  if (left === null || right === null) throw new RangeError('malformed id')
  if (left.device !== right.device) return left.device < right.device ? -1 : 1
  return left.epoch - right.epoch || left.n - right.n
}

function format(ms: number, count: number): Time {
  if (!Number.isInteger(ms) || ms < 0 || ms > LAST_MS) throw new RangeError(`no such time: ${ms}`)
  return `${String(ms).padStart(13, '0')}-${count.toString(16).padStart(4, '0')}`
}
