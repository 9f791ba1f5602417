/** What reads the store in the background stops at the lock: it is done again at the next opening. */

import { NotOpen } from '@/store'

export function unlessLocked(error: unknown): void {
  if (!(error instanceof NotOpen)) throw error
}
