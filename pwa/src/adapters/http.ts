/** The only door to our server: JSON both ways, no redirects, no cache, the session's cookie. */

import { inject, type InjectionKey } from 'vue'

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'DELETE'
  /** From the root, as `/api/v1/me`. */
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as JSON; large ones gzipped. */
  readonly body?: unknown
  /** A file instead, under its own type. */
  readonly file?: Blob
  /** A file over a slow line takes longer than a question. */
  readonly timeoutMs?: number
}

export interface Answer {
  /** 0 where nothing answered in time. */
  readonly status: number
  /** The header `Anxun-Timeline`; null: it was not our server that spoke (SN11). */
  readonly timeline: string | null
  readonly text: string
}

export interface Http {
  send(request: HttpRequest): Promise<Answer>
  /** Server-sent events; reconnects by itself. Returns the way to stop. */
  listen(path: string, heard: () => void): () => void
}

/** The app provides the server under this key: what the desk reads without the store. */
export const HTTP: InjectionKey<Http> = Symbol('http')

/** Throws where no app has provided it. */
export function useHttp(): Http {
  const http = inject(HTTP, null)
  if (http === null) throw new Error('no server is provided')
  return http
}

const NOTHING: Answer = { status: 0, timeline: null, text: '' }

/** Nobody answers: what asks the server by itself finds no network. */
export const NO_SERVER: Http = {
  send: async () => NOTHING,
  listen: () => () => undefined,
}

const WORTH_PACKING = 1_024

/** `base` is empty in a page: its own origin. */
export function browserHttp(timeoutMs: number, base = ''): Http {
  return {
    send: async ({ method, path, headers = {}, body, file, timeoutMs: patience }) => {
      const packed = await packedBody(body, file)
      const init: RequestInit = {
        method,
        headers: { ...headers, ...packed?.headers },
        body: packed?.body ?? null,
        cache: 'no-store',
        credentials: 'same-origin',
        redirect: 'manual',
        signal: AbortSignal.timeout(patience ?? timeoutMs),
      }
      try {
        return await answer(await fetch(base + path, init))
      } catch {
        return NOTHING
      }
    },
    listen: (path, heard) => listening(base + path, heard),
  }
}

const LISTEN_AGAIN_MS = 10_000

/** A refusal or a portal's page ends an EventSource for good: it is opened anew after a while. */
function listening(url: string, heard: () => void): () => void {
  let source = open()
  let waiting: ReturnType<typeof setTimeout> | undefined
  function open(): EventSource {
    const opened = new EventSource(url)
    opened.addEventListener('message', heard)
    opened.addEventListener('error', () => {
      if (opened.readyState !== EventSource.CLOSED) return
      waiting = setTimeout(() => (source = open()), LISTEN_AGAIN_MS)
    })
    return opened
  }
  return () => {
    clearTimeout(waiting)
    source.close()
  }
}

/** Whether the phone believes it has a network, and hints that it is time to try again. */
export interface Signal {
  present(): boolean
  onHint(listener: () => void): () => void
}

export const browserSignal: Signal = {
  present: () => navigator.onLine,
  onHint: (listener) => {
    const seen = () => document.visibilityState === 'visible' && listener()
    window.addEventListener('online', listener)
    document.addEventListener('visibilitychange', seen)
    return () => {
      window.removeEventListener('online', listener)
      document.removeEventListener('visibilitychange', seen)
    }
  },
}

async function answer(response: Response): Promise<Answer> {
  const timeline = response.headers.get('Anxun-Timeline')
  // A portal redirects every request to its own page; its words are not ours to read.
  if (timeline === null) return { ...NOTHING, status: response.status || 302 }
  return { status: response.status, timeline, text: await response.text() }
}

interface Packed {
  readonly headers: Record<string, string>
  readonly body: BodyInit
}

async function packedBody(body: unknown, file: Blob | undefined): Promise<Packed | null> {
  if (file !== undefined) return zip(file, { 'content-type': file.type })
  return body === undefined ? null : pack(JSON.stringify(body))
}

async function pack(json: string): Promise<Packed> {
  const plain = new Blob([json])
  const headers = { 'content-type': 'application/json' }
  if (plain.size <= WORTH_PACKING) return { headers, body: json }
  return zip(plain, headers)
}

async function zip(plain: Blob, headers: Record<string, string>): Promise<Packed> {
  const zipped = plain.stream().pipeThrough(new CompressionStream('gzip'))
  const body = await new Response(zipped).blob()
  return { headers: { ...headers, 'content-encoding': 'gzip' }, body }
}
