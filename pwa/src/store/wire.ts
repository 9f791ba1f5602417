/** The sync client's wire over HTTP, and what the answers say about the network. */

import type * as sync from '@sync'

import type { Answer, Http, HttpRequest } from '@/adapters/http'

import type { Network } from './types'

const API = '/api/v1'

/** Hears the truth about the network from every answer. */
export type Judge = (network: Network) => void

/**
 * SN11: an answer without a timeline is not our server's. A fetch that fails although the phone
 * has a signal cannot tell a dead server from a weak net; the screen says the same of both.
 */
export function networkOf({ status, timeline }: Answer, signal: boolean): Network {
  if (status === 0) return signal ? 'server_down' : 'offline'
  if (status >= 500) return 'server_down'
  if (timeline === null) return 'captive'
  return status === 401 ? 'login_expired' : 'ok'
}

/** Requests of one enrolment: each names it as its courier (SN12). */
export function wireOf(http: Http, device: string, heard: (answer: Answer) => void): sync.Wire {
  const send = async (request: HttpRequest): Promise<Answer> => {
    const answer = await http.send({ ...request, headers: { 'Anxun-Enrolment': device } })
    heard(answer)
    return answer
  }
  const post = async <Body>(path: string, body: unknown): Promise<sync.Reply<Body>> =>
    replyOf(await send({ method: 'POST', path: `${API}/sync/${path}`, body }), parse<Body>)
  return {
    hello: (request) => post<sync.HelloReply>('hello', request),
    push: (request) => post<sync.PushReply>('push', request),
    pull: (request) => post<sync.PullReply>('pull', request),
    check: (request) => post<sync.CheckReply>('check', request),
    snapshot: async ({ dossier, after, limit }) => {
      const query = new URLSearchParams({ limit: String(limit), ...(after && { after }) })
      const path = `${API}/sync/snapshot/${encodeURIComponent(dossier)}?${query}`
      return replyOf(await send({ method: 'GET', path }), readPage)
    },
  }
}

/** A body that is not what its status promises is as good as no answer. */
function replyOf<Body>(answer: Answer, read: (text: string) => Body): sync.Reply<Body> {
  const { status, timeline, text } = answer
  try {
    if (timeline === null) return refusal(status, null, { code: 'no_answer' })
    if (status >= 200 && status < 300) return { ok: true, timeline, body: read(text) }
    return refusal(status, timeline, parse<sync.Problem>(text))
  } catch {
    return refusal(status, null, { code: 'unreadable' })
  }
}

function refusal(
  status: number,
  timeline: string | null,
  problem: sync.Problem,
): { ok: false; status: number; timeline: string | null; problem: sync.Problem } {
  return { ok: false, status, timeline, problem }
}

function parse<Body>(text: string): Body {
  return JSON.parse(text) as Body
}

/** LG7: head, lines, end, a line each. */
function readPage(text: string): sync.SnapshotPage {
  const lines = text.trimEnd().split('\n')
  const head = parse<{ timeline: string; seq0: number }>(lines[0] ?? '')
  const end = parse<{ next: string | null }>(lines.at(-1) ?? '')
  const records = lines.slice(1, -1).map((line) => parse<sync.SnapshotLine>(line))
  return { ...head, lines: records, next: end.next }
}
