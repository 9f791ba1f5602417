/** Putting the app on the phone's screen: the browser's own offer is kept until the officer asks. */

import { type Ref, shallowRef } from 'vue'

/** Chromium's event; other browsers know only their menus. */
interface Offer extends Event {
  prompt(): Promise<unknown>
  readonly userChoice: Promise<{ readonly outcome: 'accepted' | 'dismissed' }>
}

let offer: Offer | null = null
const offered = shallowRef(false)

/** The browser would take one tap now; reactive. */
export const installOffered: Readonly<Ref<boolean>> = offered

/** Early: the offer comes once, and before most screens. */
export function watchInstall(): void {
  window.addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault()
    offer = event as Offer
    offered.value = true
  })
  window.addEventListener('appinstalled', () => (offered.value = false))
}

/** Must be called from a tap. False where the officer said no. */
export async function install(): Promise<boolean> {
  const kept = offer
  offer = null
  offered.value = false
  if (kept === null) return false
  await kept.prompt()
  return (await kept.userChoice).outcome === 'accepted'
}

export function isInstalled(): boolean {
  return window.matchMedia('(display-mode: standalone)').matches
}
