/** The keys of the desk (ux.md 5): `/` to the search, `g` and a letter to a place. */

import { onBeforeUnmount, onMounted } from 'vue'
import { useRouter } from 'vue-router'

const PLACES: Readonly<Record<string, string>> = {
  b: 'desk.board',
  c: 'desk.clocks',
  d: 'desk.dossiers',
}
const WRITTEN_IN = 'input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]'

/** Whether a key belongs to what is being written, or to the browser. */
export function isTyping(event: KeyboardEvent): boolean {
  const taken = event.ctrlKey || event.metaKey || event.altKey || event.isComposing
  return taken || (event.target instanceof Element && event.target.matches(WRITTEN_IN))
}

/** Listens while the screen stands. */
export function useKeys(heard: (event: KeyboardEvent) => void): void {
  const listen = (event: KeyboardEvent): void => {
    if (!isTyping(event)) heard(event)
  }
  onMounted(() => window.addEventListener('keydown', listen))
  onBeforeUnmount(() => window.removeEventListener('keydown', listen))
}

export function useDeskKeys(search: () => void): void {
  const router = useRouter()
  let led = false
  useKeys((event) => {
    const place = led ? PLACES[event.key] : undefined
    led = event.key === 'g'
    if (place) void router.push({ name: place })
    if (event.key !== '/') return
    event.preventDefault()
    search()
  })
}
