/** A wide window is a desk, a narrow one a phone in the hand (ux.md 2). */

const DESK_FROM = '(min-width: 1024px)'

export function isDesk(): boolean {
  return window.matchMedia(DESK_FROM).matches
}
