/**
 * Pictures other apps hand to this one: shared, then the service worker holds them, or opened with
 * it, then the system gives handles to them. In memory only, until somebody takes them.
 */

import { shallowRef } from 'vue'

interface Launch {
  readonly files?: readonly FileSystemFileHandle[]
}

interface LaunchQueue {
  setConsumer(consumer: (launch: Launch) => void): void
}

interface Bytes {
  readonly name: string
  readonly type: string
  readonly bytes: ArrayBuffer
}

let opened: readonly FileSystemFileHandle[] = []

/** Rises with each hand-over, for a screen that stands already. */
export const handedCount = shallowRef(0)

/** `isOpen`: nothing is promised to a worker by a locked phone. `show`: leads to the pictures. */
export function watchHanded(isOpen: () => boolean, show: () => void): void {
  const came = (): void => {
    handedCount.value += 1
    show()
  }
  navigator.serviceWorker?.addEventListener('message', (event: MessageEvent) => {
    if (typeOf(event.data) !== 'HANDED') return
    event.ports[0]?.postMessage(isOpen())
    if (isOpen()) came()
  })
  const queue = (window as { launchQueue?: LaunchQueue }).launchQueue
  queue?.setConsumer(({ files = [] }) => {
    opened = [...opened, ...files]
    if (files.length > 0) came()
  })
}

/** Each picture comes out once. */
export async function takeHanded(): Promise<readonly File[]> {
  const handles = opened
  opened = []
  const own = await Promise.all(handles.map((handle) => handle.getFile()))
  const given = await fromWorker()
  return [...own, ...given.map(({ name, type, bytes }) => new File([bytes], name, { type }))]
}

async function fromWorker(): Promise<readonly Bytes[]> {
  const worker = navigator.serviceWorker?.controller
  if (!worker) return []
  const { port1, port2 } = new MessageChannel()
  return new Promise((answer) => {
    port1.onmessage = (event: MessageEvent<readonly Bytes[]>) => answer(event.data)
    worker.postMessage('TAKE_HANDED', [port2])
  })
}

function typeOf(message: unknown): unknown {
  return typeof message === 'object' && message !== null && 'type' in message ? message.type : null
}
