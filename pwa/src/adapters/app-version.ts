/** A new version of the app: fetched quietly, taken only when the officer says so. */

import { type Ref, shallowRef } from 'vue'

import { anyTabRecords } from './recording-lock'

export interface AppVersion {
  /** Begins to fetch the shell, and to look for a new one. */
  watch(): void
  /** A new version lies ready. */
  readonly waits: Readonly<Ref<boolean>>
  /** Loads the page anew under it; false, changing nothing, while any tab records: it would be cut. */
  take(): Promise<boolean>
}

/** Over the service worker; without one the app works, but only with a network. */
export function appVersion(): AppVersion {
  const waits = shallowRef(false)
  let waiting: ServiceWorker | null = null
  const found = (worker: ServiceWorker | null): void => {
    waiting = worker
    waits.value = worker !== null
  }
  return {
    waits,
    watch: () => {
      if ('serviceWorker' in navigator) void watch(found)
    },
    take: async () => {
      if (await anyTabRecords()) return false
      waiting?.postMessage('SKIP_WAITING')
      return true
    },
  }
}

async function watch(found: (worker: ServiceWorker | null) => void): Promise<void> {
  const controlled = navigator.serviceWorker.controller !== null
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (controlled) location.reload()
  })
  const registration = await navigator.serviceWorker.register('/sw.js')
  found(registration.waiting)
  registration.addEventListener('updatefound', () => {
    const coming = registration.installing
    coming?.addEventListener('statechange', () => {
      if (coming.state === 'installed' && controlled) found(registration.waiting)
    })
  })
}
