/** The client of the print engine against a worker that answers as the real one does. */

import { expect, test } from 'vitest'

import {
  createPrintEngine,
  PrintFailed,
  type PrintReply,
  type PrintRequest,
  type PrintWorker,
} from './print-engine'

class Page {
  readonly opened: FakePort[] = []
  readonly engine = createPrintEngine(() => {
    const port = new FakePort()
    this.opened.push(port)
    return port
  })

  get port(): FakePort {
    const port = this.opened.at(-1)
    if (port === undefined) throw new Error('nothing was opened')
    return port
  }
}

class FakePort implements PrintWorker {
  readonly asked: PrintRequest[] = []
  ended = false
  onmessage: PrintWorker['onmessage'] = null
  onerror: PrintWorker['onerror'] = null
  postMessage(request: PrintRequest): void {
    this.asked.push(request)
  }
  terminate(): void {
    this.ended = true
  }
  say(reply: PrintReply): void {
    this.onmessage?.({ data: reply } as MessageEvent<PrintReply>)
  }
  idOf(op: PrintRequest['op']): number {
    return this.asked.findLast((each) => each.op === op)?.id ?? 0
  }
  getReady(): void {
    const id = this.idOf('start')
    for (const stage of ['engine', 'fonts', 'document', 'layout'] as const)
      for (const done of [false, true]) this.say({ id, stage, done })
  }
}

test('nothing is loaded before it is wanted', () => {
  expect(new Page().opened).toHaveLength(0)
})

test('the true stage is told, and the start ends with the last one', async () => {
  const page = new Page()
  const started = page.engine.start()
  const id = page.port.idOf('start')
  page.port.say({ id, stage: 'engine', done: true })
  page.port.say({ id, stage: 'fonts', done: false })
  expect(page.engine.progress.value).toEqual({
    stage: 'fonts',
    done: ['engine'],
    ready: false,
    failed: false,
  })
  page.port.getReady()
  await started
  expect(page.engine.progress.value.ready).toBe(true)
})

test('two papers asked at once each get their own bytes', async () => {
  const page = new Page()
  const one = page.engine.render('a', '{}')
  const first = page.port.idOf('render')
  const two = page.engine.render('b', '{}')
  const second = page.port.idOf('render')
  page.port.say({ id: second, pdf: Uint8Array.of(2), sha256: 'two' })
  page.port.say({ id: first, pdf: Uint8Array.of(1), sha256: 'one' })
  expect((await one).sha256).toBe('one')
  expect([...(await two).pdf]).toEqual([2])
})

test('a fault of one paper leaves the engine as it is', async () => {
  const page = new Page()
  const paper = page.engine.render('a', '{}')
  const id = page.port.idOf('render')
  page.port.say({ id, error: { code: 'facts', reason: 'x', field: 'due' } })
  await expect(paper).rejects.toThrow(PrintFailed)
  expect(page.engine.progress.value.failed).toBe(false)
  expect(page.port.ended).toBe(false)
})

test('an engine that gave up fails what waits and is started anew at the next wish', async () => {
  const page = new Page()
  const paper = page.engine.render('a', '{}')
  const started = page.engine.start()
  page.port.say({ id: page.port.idOf('start'), error: { code: 'engine_missing', reason: 'x' } })
  await expect(paper).rejects.toThrow(PrintFailed)
  await started
  expect(page.opened[0]?.ended).toBe(true)
  expect(page.engine.progress.value.failed).toBe(true)
  const again = page.engine.start()
  expect(page.opened).toHaveLength(2)
  expect(page.engine.progress.value.failed).toBe(false)
  page.port.getReady()
  await again
  expect(page.engine.progress.value.ready).toBe(true)
})
