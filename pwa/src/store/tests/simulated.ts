/** The real log of the server behind line-JSON, spoken to as if it were HTTP. */

import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

import type { Answer, Http, HttpRequest } from '@/adapters/http'

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url))

interface Reply {
  readonly id: number
  readonly status: number
  readonly body: Record<string, unknown>
  readonly headers: { readonly timeline: string }
}

export interface Simulation {
  /** One request of the simulator; rejects where it does not succeed. */
  ask(op: string, body?: object): Promise<Record<string, unknown>>
  /** The server as one browser profile reaches it. */
  reach(keys: ServerKeys): Reach
  end(): void
}

export interface ServerKeys {
  readonly hpke_public: string
  readonly sign_public: string
}

export interface Reach extends Http {
  /** Who is logged in; null = nobody. */
  officer: string | null
  /** `down`: nothing answers; `portal`: somebody else does. */
  net: 'up' | 'down' | 'portal'
  /** Whether the server takes an enrolment's key for a login. */
  renews: boolean
  /** Device → its officer. */
  readonly enrolled: Map<string, string>
  readonly requests: HttpRequest[]
  poke(): void
}

export function simulate(): Simulation {
  const child = spawn(`${ROOT}.venv/bin/python`, ['-m', 'backend.cli', 'simulate'], { cwd: ROOT })
  const send = conversation(child)
  return {
    end: () => child.stdin.end(),
    ask: async (op, body = {}) => {
      const reply = await send({ op, ...body })
      if (reply.status !== 200) throw new Error(`${op}: ${JSON.stringify(reply)}`)
      return reply.body
    },
    reach: (keys) => reachOf(send, keys),
  }
}

function conversation(child: ChildProcessWithoutNullStreams): (ask: object) => Promise<Reply> {
  const waiting = new Map<number, (reply: Reply) => void>()
  createInterface({ input: child.stdout }).on('line', (line) => {
    const reply = JSON.parse(line) as Reply
    waiting.get(reply.id)?.(reply)
  })
  child.stderr.on('data', (text: Buffer) => process.stderr.write(text))
  let id = 0
  return (ask) =>
    new Promise((resolve) => {
      id += 1
      waiting.set(id, resolve)
      child.stdin.write(`${JSON.stringify({ id, ...ask })}\n`)
    })
}

function reachOf(send: (ask: object) => Promise<Reply>, keys: ServerKeys): Reach {
  const listeners = new Set<() => void>()
  const reach: Reach = {
    officer: null,
    net: 'up',
    renews: true,
    enrolled: new Map(),
    requests: [],
    poke: () => listeners.forEach((listener) => listener()),
    listen: (_, heard) => {
      listeners.add(heard)
      return () => listeners.delete(heard)
    },
    send: async (request) => {
      reach.requests.push(request)
      if (reach.net === 'down') return { status: 0, timeline: null, text: '' }
      if (reach.net === 'portal') return { status: 200, timeline: null, text: '<html>' }
      return answerTo(send, reach, keys, request)
    },
  }
  return reach
}

async function answerTo(
  send: (ask: object) => Promise<Reply>,
  reach: Reach,
  keys: ServerKeys,
  { method, path, body, headers }: HttpRequest,
): Promise<Answer> {
  const [, , , name, op = '', dossier = ''] = path.split(/[/?]/)
  if (name === 'session' && op !== '') return renewalOf(send, reach, body)
  const { officer } = reach
  if (name === 'session') {
    reach.officer = method === 'POST' ? (body as { login: string }).login : null
    return answered(await send({ op: 'quarantine' }), me(reach.officer ?? ''))
  }
  if (officer === null) return answered(await send({ op: 'quarantine' }), {}, 401)
  if (name === 'me') return answered(await send({ op: 'quarantine' }), me(officer))
  if (name === 'enrolments') {
    const { public_key } = body as { public_key: string }
    const reply = await send({ op: 'enrol', officer, public_key })
    reach.enrolled.set(String(reply.body.device), officer)
    const extra = { hpke_key: 'hpke', sign_key: 'sign', ...keys }
    return answered(reply, { ...reply.body, ...extra })
  }
  const courier = headers?.['Anxun-Enrolment']
  if (op !== 'snapshot') {
    const reply = await send({ op, officer, courier, body })
    return answered(reply, reply.body, reply.status)
  }
  const query = new URLSearchParams(path.split('?')[1])
  const limit = Number(query.get('limit'))
  const after = query.get('after') ?? ''
  const page = { dossier: decodeURIComponent(dossier), after, limit }
  const reply = await send({ op, officer, courier, ...page })
  const lines = (reply.body.lines as object[] | undefined) ?? [reply.body]
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('')
  return { status: reply.status, timeline: reply.headers.timeline, text }
}

async function renewalOf(
  send: (ask: object) => Promise<Reply>,
  reach: Reach,
  body: unknown,
): Promise<Answer> {
  const reply = await send({ op: 'quarantine' })
  const { device, signature } = body as { device: string; signature?: string }
  if (!reach.renews) return answered(reply, { title: '没能认出这台手机' }, 401)
  if (signature !== undefined) reach.officer = reach.enrolled.get(device) ?? null
  return answered(reply, { challenge: '1.a.b' }, 201)
}

function me(officer: string): object {
  const section = { section: 'sec', section_name: '模拟科', section_kind: 'supervision' }
  return { officer, name: officer, bureau: 'sim', ...section, roles: ['R1'] }
}

function answered({ headers }: Reply, body: object, status = 200): Answer {
  const { timeline } = headers
  if (status === 0) return { status, timeline: null, text: '' }
  return { status, timeline, text: JSON.stringify(body) }
}
