import { argon2, type PinCost, type Stretch } from './argon2'
import { connect } from './blob-calls'

export type StretchingCalls = {
  stretch: {
    ask: { pin: string; salt: Uint8Array<ArrayBuffer>; cost: PinCost }
    answer: Uint8Array<ArrayBuffer>
  }
}

/**
 * Off the page's thread: the screen stays alive while a PIN is tried. The worker ends with its
 * answer and gives its memory back. Where none can start the page does it itself.
 */
export const stretchAside: Stretch = async (pin, salt, cost) => {
  const worker = startWorker()
  const call = connect<StretchingCalls>(() => worker)
  const stretched = await call('stretch', { pin, salt, cost })
  worker.terminate()
  return stretched.ok ? stretched.value : argon2(pin, salt, cost)
}

/** The build finds a worker only where its address stands within the call. */
function startWorker(): Worker {
  return new Worker(new URL('../workers/stretching.worker.ts', import.meta.url), { type: 'module' })
}
