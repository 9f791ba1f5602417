/** The save mark of a form: when its last word became durable on this phone. */

import { type Ref, ref } from 'vue'

import type { Clock } from '@/adapters/clock'
import type { Saved } from '@/ui/SaveMark.vue'

import { timeWords } from '../../visit-views'

export interface SavedMark {
  readonly saved: Readonly<Ref<Saved | null>>
  saving(write: Promise<unknown>): Promise<void>
}

export function useSaved(clock: Clock): SavedMark {
  const saved = ref<Saved | null>(null)

  async function saving(write: Promise<unknown>): Promise<void> {
    saved.value = { state: 'saving' }
    try {
      await write
      saved.value = { state: 'saved', at: timeWords(clock.now()) }
    } catch {
      saved.value = { state: 'failed' }
    }
  }

  return { saved, saving }
}
