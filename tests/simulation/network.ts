/** The network between one phone and the server, with everything a network does to messages. */

import type { Reply, SnapshotLine, SnapshotPage, Wire } from '../../sync/client/src/index'
import type { Random } from './random'
import type { Answer, Server } from './server'

export interface Courier {
  readonly officer: string
  readonly device: string
}

/** A push as it was sent, and whether the server is known to have taken it. */
export interface Sent {
  readonly facts: object
  taken: boolean
}

const NOTHING = { ok: false, status: 0, timeline: null, problem: { code: 'offline' } } as const
const PORTAL = { ok: false, status: 200, timeline: null, problem: { code: 'portal' } } as const

/** `chance` null is a perfect network. `sent` collects pushes for later repetition. */
export function wireOf(
  server: Server,
  courier: Courier,
  chance: Random | null,
  sent: Sent[],
): Wire {
  const send = async <T>(op: string, facts: object): Promise<Reply<T>> => {
    const message = { ...courierFacts(courier), ...facts }
    const fate = fateOf(chance)
    const record = { facts: message, taken: false }
    if (op === 'push') sent.push(record)
    if (fate === 'lost') return NOTHING
    if (fate === 'portal') return PORTAL
    if (fate === 'twice') await server.ask(op, message)
    const answer = await server.ask(op, message)
    record.taken = answer.status === 200
    return fate === 'unanswered' ? NOTHING : replyOf<T>(answer)
  }
  return {
    hello: (body) => send('hello', { body }),
    push: (body) => send('push', { body }),
    pull: (body) => send('pull', { body }),
    check: (body) => send('check', { body }),
    async snapshot({ dossier, after, limit }) {
      const reply = await send<{ lines: readonly object[] }>('snapshot', {
        dossier,
        after: after ?? '',
        limit: chance === null ? limit : 1 + chance.below(6),
      })
      return reply.ok ? { ...reply, body: pageOf(reply.body.lines) } : reply
    },
  }
}

type Fate = 'heard' | 'lost' | 'unanswered' | 'twice' | 'portal'

function fateOf(chance: Random | null): Fate {
  if (chance === null || chance.chance(70)) return 'heard'
  return chance.pick(['lost', 'unanswered', 'unanswered', 'twice', 'portal'])
}

function courierFacts({ officer, device }: Courier): object {
  return { officer, courier: device }
}

function replyOf<T>({ status, body, headers }: Answer): Reply<T> {
  if (status === 0) return NOTHING
  const { timeline } = headers
  if (status === 200) return { ok: true, timeline, body: body as T }
  return { ok: false, status, timeline, problem: { code: '', ...body } }
}

function pageOf(lines: readonly object[]): SnapshotPage {
  const { timeline, seq0 } = lines[0] as { timeline: string; seq0: number }
  const { next } = lines.at(-1) as { next: string | null }
  return { timeline, seq0, lines: lines.slice(1, -1) as SnapshotLine[], next }
}
