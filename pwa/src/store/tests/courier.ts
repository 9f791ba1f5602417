/** A colleague who brings in a lifeboat: a session and an enrolment, no store. */

import { webcrypto } from 'node:crypto'

import { randomBytes } from '@/adapters/random'

import { makeSigningPair } from '../keys'
import { LIFEBOAT_TYPE } from '../lifeboat'

export type Courier = Readonly<Record<'authorization' | 'anxun-enrolment', string>>

export async function courierOf(base: string, login: string, password: string): Promise<Courier> {
  const { token = '' } = await ask(`${base}/api/v1/session`, {}, { login, password })
  const authorization = `Bearer ${token}`
  const subtle = webcrypto.subtle as SubtleCrypto
  const { publicKey } = await makeSigningPair({ subtle, random: randomBytes })
  const enrolment = { public_key: publicKey, name: '内勤' }
  const { device = '' } = await ask(`${base}/api/v1/enrolments`, { authorization }, enrolment)
  return { authorization, 'anxun-enrolment': device }
}

/** Resolves with what became of each device run. */
export async function handIn(base: string, courier: Courier, boat: ArrayBuffer): Promise<unknown> {
  const answer = await fetch(`${base}/api/v1/sync/lifeboat`, {
    method: 'POST',
    headers: { ...courier, 'content-type': LIFEBOAT_TYPE },
    body: boat,
  })
  return ((await answer.json()) as { readonly runs: unknown }).runs
}

async function ask(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: object,
): Promise<Readonly<Partial<Record<string, string>>>> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return (await answer.json()) as Readonly<Partial<Record<string, string>>>
}
