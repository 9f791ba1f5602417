/**
 * The print engine in its worker: started when first wanted, told of its stages, started anew after
 * it gave up. The same facts give the same bytes as on the server.
 */
import { type Ref, shallowRef } from 'vue'

export type Stage = 'engine' | 'fonts' | 'document' | 'layout'

export interface PrintFault {
  readonly code:
    | 'engine_missing' // never downloaded, and no network
    | 'engine_damaged'
    | 'engine_failed'
    | 'facts' // the law forbids such a paper; `field` is a path into the facts
    | 'missing_glyph'
    | 'wording' // no statutory sentence in force on the paper's wording date
    | 'overfull'
  readonly reason: string
  readonly field?: string
  readonly character?: string
}

export type PrintRequest =
  | { readonly id: number; readonly op: 'start' }
  | { readonly id: number; readonly op: 'render'; readonly kind: string; readonly facts: string }

export type PrintReply =
  | { readonly id: number; readonly stage: Stage; readonly done: boolean }
  | { readonly id: number; readonly pdf: Uint8Array; readonly sha256: string }
  | { readonly id: number; readonly error: PrintFault }

export interface EngineProgress {
  /** What it is doing now; null before the start and once ready. */
  readonly stage: Stage | null
  readonly done: readonly Stage[]
  readonly ready: boolean
  readonly failed: boolean
}

export interface PrintedPaper {
  readonly pdf: Uint8Array<ArrayBuffer>
  /** Lower-case hex. */
  readonly sha256: string
}

export interface PrintEngine {
  readonly progress: Readonly<Ref<EngineProgress>>
  /** Resolves also where it fails: `progress` says so. */
  start(): Promise<void>
  /** Throws a PrintFailed. */
  render(kind: string, facts: string): Promise<PrintedPaper>
}

export class PrintFailed extends Error {
  constructor(readonly fault: PrintFault) {
    super(fault.reason)
  }
}

export interface PrintWorker {
  postMessage(request: PrintRequest): void
  terminate(): void
  onmessage: ((event: MessageEvent<PrintReply>) => void) | null
  onerror: ((event: ErrorEvent) => void) | null
}

interface Waiting {
  readonly resolve: (paper: PrintedPaper) => void
  readonly reject: (failure: PrintFailed) => void
}

const STAGES: readonly Stage[] = ['engine', 'fonts', 'document', 'layout']
const IDLE: EngineProgress = { stage: null, done: [], ready: false, failed: false }
/** Faults of one paper leave the engine sound; the others are the engine's own. */
const OWN_FAULTS: readonly PrintFault['code'][] = [
  'engine_missing',
  'engine_damaged',
  'engine_failed',
]

export function startPrintWorker(): PrintWorker {
  return new Worker(new URL('../workers/print.worker.ts', import.meta.url), { type: 'module' })
}

/** Nothing is loaded before the first `start` or `render`. */
export function createPrintEngine(open: () => PrintWorker = startPrintWorker): PrintEngine {
  const progress = shallowRef(IDLE)
  const papers = new Map<number, Waiting>()
  const starts = new Map<number, () => void>()
  let worker: PrintWorker | null = null
  let last = 0

  function running(): PrintWorker {
    if (worker !== null) return worker
    progress.value = IDLE
    worker = open()
    worker.onmessage = ({ data }) => hear(data)
    worker.onerror = ({ message }) => giveUp({ code: 'engine_failed', reason: message })
    return worker
  }

  function hear(reply: PrintReply): void {
    if ('stage' in reply) progress.value = advanced(progress.value, reply)
    else if ('pdf' in reply) answer(reply)
    else refuse(reply.id, reply.error)
    if (progress.value.ready) release()
  }

  function answer({ id, pdf, sha256 }: { id: number; pdf: Uint8Array; sha256: string }): void {
    papers.get(id)?.resolve({ pdf: new Uint8Array(pdf), sha256 })
    papers.delete(id)
  }

  function refuse(id: number, fault: PrintFault): void {
    papers.get(id)?.reject(new PrintFailed(fault))
    papers.delete(id)
    if (OWN_FAULTS.includes(fault.code)) giveUp(fault)
  }

  function giveUp(fault: PrintFault): void {
    worker?.terminate()
    worker = null
    progress.value = { ...IDLE, failed: true }
    for (const { reject } of papers.values()) reject(new PrintFailed(fault))
    papers.clear()
    release()
  }

  function release(): void {
    for (const resolve of starts.values()) resolve()
    starts.clear()
  }

  function start(): Promise<void> {
    const engine = running()
    if (progress.value.ready) return Promise.resolve()
    const id = (last += 1)
    return new Promise((resolve) => {
      starts.set(id, resolve)
      engine.postMessage({ id, op: 'start' })
    })
  }

  function render(kind: string, facts: string): Promise<PrintedPaper> {
    void start()
    const id = (last += 1)
    return new Promise((resolve, reject) => {
      papers.set(id, { resolve, reject })
      running().postMessage({ id, op: 'render', kind, facts })
    })
  }

  return { progress, start, render }
}

/** The paper's exact text cannot be set, however often it is tried; the engine itself is sound. */
export function isOfPaper({ code }: PrintFault): boolean {
  return !OWN_FAULTS.includes(code)
}

/** Whether this browser shows a PDF inside a page. */
export function showsPdf(): boolean {
  return navigator.pdfViewerEnabled
}

function advanced(
  before: EngineProgress,
  { stage, done }: { readonly stage: Stage; readonly done: boolean },
): EngineProgress {
  const finished = done ? [...new Set([...before.done, stage])] : before.done
  const ready = STAGES.every((each) => finished.includes(each))
  return { stage: done ? null : stage, done: finished, ready, failed: false }
}
