/** The keys of the desk (ux.md 5): `/` to the search, `g` and a letter to a place, `?` to the help. */

import { onBeforeUnmount, onMounted, ref } from 'vue'
import { useRouter } from 'vue-router'

/** Off: single letters, digits, signs and the space bar do nothing anywhere at the desk. */
export const listening = ref(true)

const PLACES: Readonly<Record<string, string>> = {
  b: 'desk.board',
  c: 'desk.clocks',
  d: 'desk.dossiers',
  l: 'desk.law',
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
    const single = event.key.length === 1
    if (!isTyping(event) && (listening.value || !single)) heard(event)
  }
  onMounted(() => window.addEventListener('keydown', listen))
  onBeforeUnmount(() => window.removeEventListener('keydown', listen))
}

/** `/` and `?` are answered by the frame; j and k go on to the table the focus is in. */
export function useDeskKeys(search: () => void, help: () => void): void {
  const router = useRouter()
  let led = false
  const acts: Readonly<Record<string, () => void>> = {
    '/': search,
    '?': help,
    j: () => step('ArrowDown'),
    k: () => step('ArrowUp'),
  }
  useKeys((event) => {
    const place = led ? PLACES[event.key] : undefined
    led = event.key === 'g'
    if (place) void router.push({ name: place })
    const act = place === undefined ? acts[event.key] : undefined
    if (act === undefined) return
    event.preventDefault()
    act()
  })
}

/** To the next row of the table in focus, or into the first one of the page. */
function step(key: 'ArrowDown' | 'ArrowUp'): void {
  const focused = document.activeElement?.closest('tbody tr')
  const row = focused ?? document.querySelector('main tbody tr[tabindex="0"]')
  if (!(row instanceof HTMLElement)) return
  if (focused) row.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
  else row.focus()
}
