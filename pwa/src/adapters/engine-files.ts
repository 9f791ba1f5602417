/** Whether the print engine lies on this phone, so that papers can be made with no network. */

import { type Ref, shallowRef } from 'vue'

export type EngineFiles =
  | { readonly state: 'unknown' | 'missing' | 'here' }
  /** Bytes still to come. */
  | { readonly state: 'coming'; readonly left: number }

export interface EngineKeeper {
  readonly files: Readonly<Ref<EngineFiles>>
  /** Goes on where it stopped; safe to call at any time. */
  fetch(): Promise<void>
}

interface News {
  readonly type: string
  readonly state: 'fetching' | 'ready' | 'failed'
  readonly done: number
  readonly total: number
}

const LIST = '/engine/engine.json'

export function keepEngine(): EngineKeeper {
  const files = shallowRef<EngineFiles>({ state: 'unknown' })
  const look = async (): Promise<void> => {
    files.value = { state: (await isWhole()) ? 'here' : 'missing' }
  }
  navigator.serviceWorker?.addEventListener('message', ({ data }: MessageEvent<News>) => {
    if (data.type !== 'ENGINE') return
    if (data.state === 'fetching') files.value = { state: 'coming', left: data.total - data.done }
    else void look()
  })
  void look()
  return {
    files,
    fetch: async () => (await navigator.serviceWorker?.ready)?.active?.postMessage('FETCH_ENGINE'),
  }
}

/** Its list is stored last: where it lies, everything does. */
async function isWhole(): Promise<boolean> {
  return (await caches.match(LIST)) !== undefined
}
