/** What the strip and the page 「数据在哪」 say (ux.md 3.0, 3.15). */

import type { Session } from './session'
import type { Status } from './types'

const LOCKED: Status = {
  network: 'unknown',
  unsent: 0,
  held: 0,
  conflicts: 0,
  lastContact: 0,
  skew: 0,
  leaseUntil: 0,
  revoked: false,
  loading: null,
}

/** Null while locked: then nothing is known without a key. */
export function statusOf(session: Session | null): Status {
  if (session === null) return LOCKED
  const { opened, projection, registers } = session
  const { lastContact, skew, leaseUntil, revoked } = session.contact()
  return {
    network: session.network(),
    unsent: opened.memory.device.runs.reduce((sum, { n, acked }) => sum + n - acked, 0),
    held: projection.held(),
    conflicts: projection.conflicts(),
    ...{ lastContact, skew, leaseUntil, revoked },
    loading: registers.loading(),
  }
}
