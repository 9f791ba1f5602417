import { isVisible, onVisibility } from './visibility'

export interface Wake {
  /** True while the screen is really kept on. */
  holding(): boolean
  release(): void
}

/**
 * Keeps the screen on, as while a code is shown or a visit is recorded. The browser drops the lock
 * when the page goes out of sight; it is taken again when the page returns. Where there is no such
 * lock, or the battery saver refuses it, nothing happens: no work depends on it.
 */
export function keepAwake(wakeLock: WakeLock | undefined): Wake {
  let lock: WakeLockSentinel | undefined
  let released = false
  const take = async () => {
    const taken = await wakeLock?.request('screen').catch(() => undefined)
    if (released) void taken?.release()
    else lock = taken
  }
  const stop = onVisibility((visible) => {
    if (visible) void take()
  })
  if (isVisible()) void take()
  return {
    holding: () => lock !== undefined && !lock.released,
    release() {
      released = true
      stop()
      void lock?.release()
    },
  }
}
