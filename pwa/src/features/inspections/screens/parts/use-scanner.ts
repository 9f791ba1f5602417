/** The camera as a reader of codes: open, watch, light, and let go with the screen. */

import { onBeforeUnmount, onMounted, type Ref, ref, shallowRef } from 'vue'

import { type Camera, openCamera } from '@/adapters/camera'
import { useAwake } from '@/adapters/use-awake'
import { useClock } from '@/adapters/use-clock'
import { scan } from '@/adapters/qr'
import { vibrate } from '@/adapters/vibrate'

import { useSenses } from '../../senses'

export type ScannerState =
  'starting' | 'watching' | 'resting' | 'refused' | 'no_camera' | 'no_reader'

export interface Scanner {
  readonly state: Ref<ScannerState>
  /** No code was read for six seconds. */
  readonly unreadable: Ref<boolean>
  readonly hasTorch: Ref<boolean>
  readonly lit: Ref<boolean>
  watch(): Promise<void>
  rest(): void
  light(): Promise<void>
  /** The frame in sight as JPEG, null where there is none. */
  picture(): Promise<Blob | null>
}

const READ_MS = 15

export function useScanner(
  video: Readonly<Ref<HTMLVideoElement | null>>,
  found: (text: string) => void,
): Scanner {
  const senses = useSenses()
  const clock = useClock()
  const state = ref<ScannerState>('starting')
  const unreadable = ref(false)
  const lit = ref(false)
  const hasTorch = ref(false)
  const camera = shallowRef<Camera | null>(null)
  let watching = new AbortController()
  let gone = false

  useAwake()
  onMounted(async () => {
    const opened = await openCamera(senses.devices, 'environment')
    if (!opened.ok) {
      state.value = opened.error.code === 'denied' ? 'refused' : 'no_camera'
      return
    }
    if (gone) return opened.value.close()
    camera.value = opened.value
    hasTorch.value = opened.value.hasTorch
    if (video.value) video.value.srcObject = opened.value.stream
    if (state.value === 'starting') await watch()
  })
  onBeforeUnmount(() => {
    gone = true
    rest()
    camera.value?.close()
  })

  async function watch(): Promise<void> {
    if (camera.value === null || video.value === null) return
    rest()
    unreadable.value = false
    state.value = 'watching'
    watching = new AbortController()
    const onUnreadable = (): void => void (unreadable.value = true)
    const read = await scan(video.value, { clock, signal: watching.signal, onUnreadable })
    if (read.ok) {
      state.value = 'resting'
      vibrate([READ_MS])
      found(read.value)
    } else if (read.error.code === 'no_reader') state.value = 'no_reader'
  }

  function rest(): void {
    watching.abort()
    if (camera.value !== null) state.value = 'resting'
  }

  async function light(): Promise<void> {
    const set = await camera.value?.torch(!lit.value)
    if (set?.ok) lit.value = !lit.value
  }

  async function picture(): Promise<Blob | null> {
    if (camera.value === null || video.value === null) return null
    const taken = await camera.value.photo(video.value)
    return taken.ok ? taken.value.original : null
  }

  return { state, unreadable, hasTorch, lit, watch, rest, light, picture }
}
