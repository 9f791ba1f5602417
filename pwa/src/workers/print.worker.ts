// The print engine on the phone: CPython in WebAssembly running the same `printing` package as
// the server, so that the PDF made here is the original, byte for byte.
//
// Nothing is read but same-origin files under /engine/, which a cache answers offline. Each is
// checked against engine.json first: a damaged file must never print a paper. The face of rare
// characters (a third of the whole) is read when a paper first needs it; the order of fallback
// is fixed in Python, so the bytes do not depend on when that was.
import type { loadPyodide, PyodideInterface } from 'pyodide'

export type Stage = 'engine' | 'fonts' | 'document' | 'layout'

export type PrintRequest =
  | { id: number; op: 'start' }
  | { id: number; op: 'render'; kind: string; facts: string }

export type FaultCode =
  | 'engine_missing' // a file of the engine is not there: never downloaded, and no network
  | 'engine_damaged' // a file is not what engine.json says
  | 'engine_failed' // the engine itself gave up
  | 'facts' // the law forbids such a paper; `field` is a path into the facts
  | 'missing_glyph' // no face has `character`
  | 'wording' // no statutory sentence in force on the paper's wording date
  | 'overfull' // a name or an address that no sheet has room for

export interface PrintFault {
  readonly code: FaultCode
  readonly reason: string
  readonly field?: string
  readonly character?: string
}

export type PrintReply =
  | { id: number; stage: Stage; done: boolean }
  | { id: number; pdf: Uint8Array; sha256: string }
  | { id: number; error: PrintFault }

interface Port {
  postMessage(reply: PrintReply, transfer?: Transferable[]): void
  onmessage: ((event: MessageEvent<PrintRequest>) => void) | null
}

interface EngineFile {
  path: string
  size: number
  sha256: string
}

/** What Python hands over; PyProxy objects, so they are destroyed after use. */
interface Answer {
  type: string
  code: FaultCode
  reason: string
  field?: string
  character?: string
  toJs(): Uint8Array
  destroy(): void
}

type Faces = { readonly faces: unique symbol }

interface Engine {
  answer(kind: string, facts: string, faces: Faces): Answer
  withRare(faces: Faces, data: unknown): Faces
  toBytes(data: Uint8Array): unknown
  files: ReadonlyMap<string, EngineFile>
  faces: Faces
  complete: boolean
}

type Report = (stage: Stage, done: boolean) => void

class EngineFault extends Error {
  constructor(
    readonly code: FaultCode,
    path: string,
  ) {
    super(path)
  }
}

const ENGINE = '/engine/'
const APP = '/app'
const STAGES: readonly Stage[] = ['engine', 'fonts', 'document', 'layout']
const port = globalThis as unknown as Port
const watchers = new Set<number>()
const finished = new Set<Stage>()
let engine: Promise<Engine> | undefined

port.onmessage = ({ data }) => void serve(data)

async function serve(request: PrintRequest): Promise<void> {
  try {
    if (request.op === 'start') await start(request.id)
    else await print(request.id, request.kind, request.facts)
  } catch (fault) {
    port.postMessage({ id: request.id, error: described(fault) })
  }
}

async function start(id: number): Promise<void> {
  for (const stage of STAGES) if (finished.has(stage)) port.postMessage({ id, stage, done: true })
  watchers.add(id)
  try {
    await ready()
  } finally {
    watchers.delete(id)
  }
}

async function print(id: number, kind: string, facts: string): Promise<void> {
  const result = await answered(await ready(), kind, facts)
  if ('code' in result) return port.postMessage({ id, error: result })
  const sha256 = await digest(result)
  port.postMessage({ id, pdf: result, sha256 }, [result.buffer])
}

/** The running engine; a failed start is forgotten, so that the next request tries again. */
function ready(): Promise<Engine> {
  engine ??= boot(report).catch((fault: unknown) => {
    engine = undefined
    finished.clear()
    throw fault
  })
  return engine
}

function report(stage: Stage, done: boolean): void {
  if (done) finished.add(stage)
  for (const id of watchers) port.postMessage({ id, stage, done })
}

async function boot(tell: Report): Promise<Engine> {
  tell('engine', false)
  const files = await engineFiles()
  const later = Promise.all(['faces/body.ttf', 'faces/bold.ttf', 'app.zip'].map(fetched(files)))
  later.catch(() => undefined) // it is awaited below; the runtime may fail first
  const py = await runtime(files)
  tell('engine', true)
  tell('fonts', false)
  const [body, bold, app] = await later
  tell('fonts', true)
  tell('document', false)
  py.unpackArchive(app!, 'zip', { extractDir: APP })
  py.runPython(`import sys; sys.path.insert(0, '${APP}')`)
  py.pyimport('printing.facts')
  tell('document', true)
  tell('layout', false)
  const { faces_of, with_rare } = py.pyimport('printing.render')
  const { answer } = py.pyimport('printing.answer')
  const toBytes = (data: Uint8Array): unknown => py.toPy(data).tobytes()
  const faces = faces_of(toBytes(body!), toBytes(bold!))
  tell('layout', true)
  return { answer, withRare: with_rare, toBytes, files, faces, complete: false }
}

async function runtime(files: ReadonlyMap<string, EngineFile>): Promise<PyodideInterface> {
  const paths = [...files.keys()].filter((path) => path.startsWith('pyodide/'))
  await Promise.all(paths.map(fetched(files)))
  const at = new URL(`${ENGINE}pyodide/`, location.origin).href
  const module = (await import(/* @vite-ignore */ `${at}pyodide.mjs`)) as {
    loadPyodide: typeof loadPyodide
  }
  return module.loadPyodide({ indexURL: at })
}

async function answered(
  running: Engine,
  kind: string,
  facts: string,
): Promise<Uint8Array<ArrayBuffer> | PrintFault> {
  const result = attempt(running, kind, facts)
  if (!('code' in result) || result.code !== 'missing_glyph' || running.complete) return result
  const rare = await fetched(running.files)('faces/rare.ttf')
  if (!running.complete) running.faces = running.withRare(running.faces, running.toBytes(rare))
  running.complete = true
  return attempt(running, kind, facts)
}

function attempt(
  running: Engine,
  kind: string,
  facts: string,
): Uint8Array<ArrayBuffer> | PrintFault {
  const result = running.answer(kind, facts, running.faces)
  try {
    if (result.type !== 'Refused') return new Uint8Array(result.toJs())
    const { code, reason, field, character } = result
    return { code, reason, ...(field && { field }), ...(character && { character }) }
  } finally {
    result.destroy()
  }
}

async function engineFiles(): Promise<ReadonlyMap<string, EngineFile>> {
  const response = await reached('engine.json')
  const { files } = (await response.json()) as { files: EngineFile[] }
  return new Map(files.map((file) => [file.path, file]))
}

function fetched(files: ReadonlyMap<string, EngineFile>) {
  return async (path: string): Promise<Uint8Array> => {
    const response = await reached(path)
    const data = new Uint8Array(await response.arrayBuffer())
    if ((await digest(data)) !== files.get(path)?.sha256) throw new EngineFault('engine_damaged', path)
    return data
  }
}

async function reached(path: string): Promise<Response> {
  const response = await fetch(ENGINE + path).catch(() => undefined)
  if (!response?.ok) throw new EngineFault('engine_missing', path)
  return response
}

async function digest(data: Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', data))
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

function described(fault: unknown): PrintFault {
  const reason = fault instanceof Error ? fault.message : String(fault)
  return { code: fault instanceof EngineFault ? fault.code : 'engine_failed', reason }
}
