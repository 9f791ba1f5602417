/**
 * Saving without a button: 400 ms after the last key, on leaving the field, and when the field goes
 * away, whichever comes first. Half-typed syllables of an input method are never saved.
 */
import { onBeforeUnmount, type Ref } from 'vue'

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

export interface TypedText {
  /** For `input` and `compositionend`. */
  typed(event: Event): void
  /** For `blur`. */
  flush(): void
}

/** A field whose text follows the keys at once and is saved after the pause. */
export function useTypedText(text: Ref<string>, save: (value: string) => void): TypedText {
  const pause = savePause(save)
  onBeforeUnmount(pause.flush)

  function typed(event: Event): void {
    const value = settledText(event)
    if (value === undefined) return
    text.value = value
    pause.typed(value)
  }

  return { typed, flush: pause.flush }
}

/** The text of an input once the input method has finished with it; else undefined. */
export function settledText(event: Event): string | undefined {
  const composing = event instanceof InputEvent && event.isComposing
  return composing ? undefined : (event.target as HTMLInputElement | HTMLTextAreaElement).value
}
