/**
 * When to talk to the server: at the start, after each append, at every poke and hint of the
 * phone, and every minute. One conversation at a time over all tabs.
 */

import type { Http, Signal } from '@/adapters/http'

import type { Locks } from './append'

/** Runs `work` once, `ms` later; returns the way to call it off. */
export type Timer = (ms: number, work: () => void) => () => void

export interface SyncHost {
  readonly device: string
  readonly http: Http
  readonly locks: Locks
  readonly signal: Signal
  readonly timer: Timer
  /** Wait after an append, so that one act goes up as one push. */
  readonly pauseMs: number
  /** One conversation; true where another should follow at once. */
  readonly converse: (stop: AbortSignal) => Promise<boolean>
  readonly onTrouble: (error: unknown) => void
}

export interface Syncing {
  start(): void
  stop(): void
  /** Resolves after a conversation that began after the call. Rejects with what broke it. */
  now(): Promise<void>
  soon(): void
  busy(): boolean
}

const EVERY_MS = 60_000
const MOST_IN_A_ROW = 5

export function syncingOf(host: SyncHost): Syncing {
  const stopping = new AbortController()
  const undo: (() => void)[] = []
  let running: Promise<void> | null = null
  let queued: Promise<void> | null = null
  let callOff: (() => void) | null = null

  const run = () => host.locks.request('anxun-sync', () => untilSettled(host, stopping.signal))

  const now = (): Promise<void> => {
    if (stopping.signal.aborted) return Promise.resolve()
    if (running === null) {
      running = run().finally(() => (running = null))
      return running
    }
    queued ??= running
      .catch(() => undefined)
      .then(() => {
        queued = null
        return now()
      })
    return queued
  }

  /** What a stopped conversation stumbles over is no trouble: its keys were taken away. */
  const trouble = (error: unknown): void => {
    if (!stopping.signal.aborted) host.onTrouble(error)
  }
  const quietly = (): void => void now().catch(trouble)

  const everyMinute = (): void => {
    undo[0] = host.timer(EVERY_MS, () => {
      quietly()
      everyMinute()
    })
  }

  return {
    now,
    busy: () => running !== null,
    soon: () => {
      callOff?.()
      callOff = host.timer(host.pauseMs, quietly)
    },
    start: () => {
      everyMinute()
      undo.push(host.signal.onHint(quietly))
      void listenAlone(host, stopping.signal, quietly).catch(trouble)
      quietly()
    },
    stop: () => {
      stopping.abort()
      callOff?.()
      for (const each of undo) each()
    },
  }
}

async function untilSettled(host: SyncHost, stop: AbortSignal): Promise<void> {
  for (let turn = 0; turn < MOST_IN_A_ROW && !stop.aborted; turn += 1) {
    if (!(await host.converse(stop))) return
  }
}

/** A browser allows six connections to a host: one tab alone listens, until it stops. */
function listenAlone(host: SyncHost, stop: AbortSignal, poked: () => void): Promise<void> {
  return host.locks.request('anxun-poke', async () => {
    if (stop.aborted) return
    const path = `/api/v1/sync/poke?device=${encodeURIComponent(host.device)}`
    const end = host.http.listen(path, poked)
    await new Promise((resolve) => stop.addEventListener('abort', resolve, { once: true }))
    end()
  })
}
