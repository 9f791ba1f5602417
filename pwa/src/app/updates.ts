/** A new version of the app: fetched quietly, taken only when the officer says so. */

import { shallowRef } from 'vue'

const waiting = shallowRef<ServiceWorker | null>(null)
const IDLE_MS = 5_000

/** Whether a new version lies ready. */
export function updateReady(): boolean {
  return waiting.value !== null
}

/** Take it: the page loads anew under the new version. Nothing unsaved exists to be lost. */
export function takeUpdate(): void {
  waiting.value?.postMessage('SKIP_WAITING')
}

/** Register the service worker, notice new versions, fetch the print engine when idle. */
export async function watchServiceWorker(): Promise<void> {
  if (!('serviceWorker' in navigator)) return
  const controlled = navigator.serviceWorker.controller !== null
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (controlled) location.reload()
  })
  const registration = await navigator.serviceWorker.register('/sw.js')
  waiting.value = registration.waiting
  registration.addEventListener('updatefound', () => {
    const coming = registration.installing
    coming?.addEventListener('statechange', () => {
      if (coming.state === 'installed') waiting.value = registration.waiting
    })
  })
  const ready = await navigator.serviceWorker.ready
  window.setTimeout(() => ready.active?.postMessage('FETCH_ENGINE'), IDLE_MS)
}
