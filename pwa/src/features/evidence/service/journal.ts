/**
 * Facts that wait for their officer. A recording outlives the lock of the screen, its facts can
 * be signed only while their author is logged in: until then they are held here, in order, and
 * what a kill takes away is found again in the files (recovery.ts).
 */

import { NotOpen, type Store } from '@/store'

export interface Journal {
  /** Settles when `work` has been done; runs it again if the lock came in between. */
  write<Value>(work: () => Promise<Value>): Promise<Value>
}

interface Entry {
  readonly device: string
  /** False: not yet, the store has been locked. */
  readonly attempt: () => Promise<boolean>
}

export function journalOf(store: Store): Journal {
  const entries: Entry[] = []
  let author = ''
  let running = false

  const ready = (): boolean => {
    const device = store.person()?.device
    if (device !== undefined) author = device
    return store.gate() === 'open' && entries[0]?.device === device
  }

  const run = async (): Promise<void> => {
    if (running) return
    running = true
    while (ready() && (await entries[0]?.attempt())) entries.shift()
    running = false
  }

  store.subscribe(() => void run())
  ready()
  return {
    write: (work) =>
      new Promise((resolve, reject) => {
        ready()
        entries.push({ device: author, attempt: () => attempt(work, resolve, reject) })
        void run()
      }),
  }
}

async function attempt<Value>(
  work: () => Promise<Value>,
  resolve: (value: Value) => void,
  reject: (error: unknown) => void,
): Promise<boolean> {
  try {
    resolve(await work())
    return true
  } catch (error) {
    if (error instanceof NotOpen) return false
    reject(error)
    return true
  }
}
