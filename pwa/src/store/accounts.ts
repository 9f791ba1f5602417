/** Session calls: who is logged in at the server, and enrolling this browser profile. */

import { signedText } from '@sync'

import type { Answer, Http } from '@/adapters/http'

import type { LoginResult, Network, Person } from './types'
import { networkOf } from './wire'

/** Why a call that needs the server did not work. `title` is the server's own sentence. */
export class ServerRefusal extends Error {
  override readonly name = 'ServerRefusal'
  constructor(
    readonly network: Network,
    readonly title: string | null,
    /** What the server calls the refusal; empty where it did not speak. */
    readonly code = '',
  ) {
    super(title ?? network)
  }
}

export type Account = Omit<Person, 'device'>

interface Me {
  readonly officer: string
  readonly name: string
  readonly bureau: string
  readonly section: string
  readonly section_name: string
  readonly section_kind: string
  readonly roles: readonly string[]
}

export interface Enrolled {
  readonly device: string
  readonly epoch: number
  readonly timeline: string
  readonly hpke_key: string
  readonly hpke_public: string
  readonly sign_key: string
  readonly sign_public: string
}

export interface Accounts {
  login(login: string, password: string): Promise<LoginResult>
  /** The officer of the running session. Rejects with ServerRefusal. */
  me(): Promise<Account>
  logout(): Promise<void>
  /** A new session for an enrolment by its key (SN12). Rejects with ServerRefusal. */
  renew(device: string, sign: (text: string) => Promise<string>): Promise<void>
  /** Rejects with ServerRefusal. */
  enrol(publicKey: string, name: string, code: string): Promise<Enrolled>
  /** A one-time code becomes a password of one's own, and a session begins. */
  choosePassword(login: string, code: string, password: string): Promise<LoginResult>
}

/** `signal`: whether the phone believes it has a network. */
export function accountsOf(http: Http, signal: () => boolean): Accounts {
  const call = async (
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    body?: unknown,
  ): Promise<string> => {
    const answer = await http.send({ method, path: `/api/v1/${path}`, body })
    const fine = answer.timeline !== null && answer.status >= 200 && answer.status < 300
    if (!fine) {
      throw new ServerRefusal(
        networkOf(answer, signal()),
        memberOf(answer, 'title'),
        memberOf(answer, 'code') ?? '',
      )
    }
    return answer.text
  }
  const begin = async (path: string, body: unknown): Promise<LoginResult> => {
    try {
      await call('POST', path, body)
      return { ok: true }
    } catch (error) {
      if (!(error instanceof ServerRefusal)) throw error
      const { network, title, code } = error
      return { ok: false, network, title, code }
    }
  }
  return {
    login: (login, password) => begin('session', { login, password }),
    choosePassword: (login, code, password) =>
      begin('session/password', { login, old: code, new: password }),
    me: async () => accountOf(JSON.parse(await call('GET', 'me')) as Me),
    logout: async () => void (await call('DELETE', 'session')),
    renew: async (device, sign) => {
      const asked = await call('POST', 'session/challenge', { device })
      const { challenge } = JSON.parse(asked) as { readonly challenge: string }
      const signature = await sign(signedText('session', [device, challenge]))
      await call('POST', 'session/renewal', { device, challenge, signature })
    },
    enrol: async (publicKey, name, code) => {
      const body = { public_key: publicKey, name, code }
      return JSON.parse(await call('POST', 'enrolments', body)) as Enrolled
    },
  }
}

function accountOf({ section_name, section_kind, roles, ...me }: Me): Account {
  const { officer, name, bureau, section } = me
  const sectionName = section_name
  return { officer, name, bureau, section, sectionName, sectionKind: section_kind, roles }
}

function memberOf({ timeline, text }: Answer, member: 'title' | 'code'): string | null {
  if (timeline === null || text === '') return null
  try {
    return (JSON.parse(text) as Partial<Record<typeof member, string>>)[member] ?? null
  } catch {
    return null
  }
}
