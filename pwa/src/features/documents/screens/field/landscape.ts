/** The screen across while an outsider signs, where the browser can; a signature is wide. */

interface Turning {
  lock?(way: 'landscape'): Promise<void>
}

/** Resolves with the way back. A browser that cannot turn leaves the page as it is. */
export async function heldLandscape(): Promise<() => void> {
  try {
    await document.documentElement.requestFullscreen()
    await (screen.orientation as Turning).lock?.('landscape')
  } catch {
    return leave
  }
  return leave
}

function leave(): void {
  if (document.fullscreenElement) void document.exitFullscreen()
}
