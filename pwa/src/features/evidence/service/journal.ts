/**
 * Facts that wait for their officer. A recording outlives the lock of the screen, its facts can
 * be signed only while their author is logged in: until then they are held here, in order and each
 * officer's apart, and what a kill takes away is found again in the files (recovery.ts).
 */

import { NotOpen, type Store } from '@/store'

import type { Author } from '../author'

export interface Journal {
  /** Settles when `work` has been done; runs it again if the lock came in between. */
  write<Value>(author: Author, work: () => Promise<Value>): Promise<Value>
}

interface Queue {
  readonly author: Author
  /** False: not yet, the store has been locked. */
  readonly entries: (() => Promise<boolean>)[]
  running: boolean
}

export function journalOf(store: Store): Journal {
  const queues = new Map<string, Queue>()

  const queueOf = (author: Author): Queue => {
    const queue = queues.get(author.device) ?? { author, entries: [], running: false }
    queues.set(author.device, queue)
    return queue
  }

  const run = async (queue: Queue): Promise<void> => {
    if (queue.running) return
    queue.running = true
    while (store.gate() === 'open' && queue.author.isHere()) {
      const [first] = queue.entries
      if (first === undefined) break
      if (await first()) queue.entries.shift()
    }
    queue.running = false
  }

  store.subscribe(() => {
    for (const queue of queues.values()) void run(queue)
  })
  return {
    write: (author, work) =>
      new Promise((resolve, reject) => {
        const queue = queueOf(author)
        queue.entries.push(() => attempt(work, resolve, reject))
        void run(queue)
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
