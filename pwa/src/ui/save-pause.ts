/**
 * Saving without a button: 400 ms after the last key, on leaving the field, and when the field goes
 * away, whichever comes first. Half-typed syllables of an input method are never saved.
 */
import { onBeforeUnmount } from 'vue'

export const PAUSE_MS = 400

export interface SavePause {
  typed(value: string): void
  flush(): void
}

export function savePause(save: (value: string) => void, pauseMs: number = PAUSE_MS): SavePause {
  let waiting: { readonly value: string; readonly timer: ReturnType<typeof setTimeout> } | undefined

  function flush(): void {
    if (!waiting) return
    clearTimeout(waiting.timer)
    const { value } = waiting
    waiting = undefined
    save(value)
  }

  function typed(value: string): void {
    clearTimeout(waiting?.timer)
    waiting = { value, timer: setTimeout(flush, pauseMs) }
  }

  return { typed, flush }
}

export function useSavePause(save: (value: string) => void): SavePause {
  const pause = savePause(save)
  onBeforeUnmount(pause.flush)
  return pause
}

/** The text of an input once the input method has finished with it; else undefined. */
export function settledText(event: Event): string | undefined {
  const composing = event instanceof InputEvent && event.isComposing
  return composing ? undefined : (event.target as HTMLInputElement | HTMLTextAreaElement).value
}
