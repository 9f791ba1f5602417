/**
 * The requests of tus-js-client, made by fetch. Each PATCH carries the SHA-256 of its piece (tus
 * checksum extension), so a piece that was damaged on the way is refused (460) and sent again.
 */
import type { HttpRequest, HttpResponse, HttpStack } from 'tus-js-client'
import { base64 } from './random'

/** Our server did not answer: no network, a captive portal, a proxy that speaks for it. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer'
}

/** Our server answered, but not about the upload. Carries its status. */
export class NotNow extends Error {
  override readonly name = 'NotNow'
  constructor(readonly status: number) {
    super(`status ${status}`)
  }
}

/** Answers to "how much do you have?" that the upload may act on; 404 and 410 begin it anew. */
const ABOUT_THE_UPLOAD: readonly number[] = [200, 204, 404, 410, 423]

export function tusHttp(timeoutMs: number): HttpStack {
  return {
    createRequest: (method, url) => request(method, url, timeoutMs),
    getName: () => 'fetch with checksums',
  }
}

function request(method: string, url: string, timeoutMs: number): HttpRequest {
  const headers = new Headers()
  const controller = new AbortController()
  let progress: (bytesSent: number) => void = () => undefined
  return {
    getMethod: () => method,
    getURL: () => url,
    setHeader: (name, value) => headers.set(name, value),
    getHeader: (name) => headers.get(name) ?? undefined,
    setProgressHandler: (handler) => {
      progress = handler
    },
    async send(body: Blob | null) {
      if (method === 'PATCH' && body) headers.set('Upload-Checksum', await checksum(body))
      const response = await answer(url, { method, headers, body }, controller, timeoutMs)
      // Left to itself the client would take any other refusal for "unknown" and start from zero.
      if (method === 'HEAD' && !ABOUT_THE_UPLOAD.includes(response.status)) {
        throw new NotNow(response.status)
      }
      if (body && response.ok) progress(body.size)
      return responseOf(response, await response.text())
    },
    abort: async () => controller.abort(),
    getUnderlyingObject: () => undefined,
  }
}

async function checksum(body: Blob): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', await body.arrayBuffer())
  return `sha256 ${base64(new Uint8Array(digest))}`
}

async function answer(
  url: string,
  init: RequestInit,
  controller: AbortController,
  timeoutMs: number,
): Promise<Response> {
  const limit = setTimeout(() => controller.abort(), timeoutMs)
  try {
    const response = await fetch(url, { ...init, signal: controller.signal, redirect: 'error' })
    if (isOurs(response)) return response
  } catch (cause) {
    throw new NoAnswer(String(cause))
  } finally {
    clearTimeout(limit)
  }
  throw new NoAnswer('foreign answer')
}

function isOurs({ headers }: Response): boolean {
  return headers.has('Tus-Resumable') || headers.has('Anxun-Timeline')
}

function responseOf(response: Response, body: string): HttpResponse {
  return {
    getStatus: () => response.status,
    getHeader: (name) => response.headers.get(name) ?? undefined,
    getBody: () => body,
    getUnderlyingObject: () => response,
  }
}
