/** A browser profile with everything a store is given, and the hands to break it. */

import 'fake-indexeddb/auto'

import { webcrypto } from 'node:crypto'

import type { MergeTable } from '@sync'

import merge from '@contract/merge.json'

import { argon2 } from '@/adapters/argon2'
import type { Http } from '@/adapters/http'
import { type Channel, type Database, openDatabase } from '@/adapters/idb'
import { inOrder } from '@/adapters/in-order'
import { randomBytes } from '@/adapters/random'

import type { Locks } from '../append'
import { createStore, PHONE_DATABASE, type Rows, type Store, type StoreDeps } from '../index'
import { toBase64url } from '../sealing'

export const PIN = '83726150'
export const QUICK_PIN = { memory: 64, passes: 1, lanes: 1 }
export const mergeTable = merge as MergeTable

/** What tabs of one profile have in common. */
export interface Profile {
  readonly name: string
  readonly locks: Locks
  readonly wall: { now: number }
  channel(): Channel
}

let profiles = 0

export function newProfile(now = 1_780_000_000_000): Profile {
  profiles += 1
  const ears = new Set<(message: unknown) => void>()
  return {
    name: `profile-${profiles}`,
    locks: memoryLocks(),
    wall: { now },
    channel: () => {
      let own: ((message: unknown) => void) | null = null
      return {
        post: (message) => {
          for (const ear of ears) if (ear !== own) ear(structuredClone(message))
        },
        listen: (listener) => {
          own = listener
          ears.add(listener)
          return () => ears.delete(listener)
        },
      }
    },
  }
}

export function openProfile({ name }: Profile): Promise<Database<Rows>> {
  return openDatabase<Rows>({ ...PHONE_DATABASE, name })
}

/** Timers never ring by themselves: a test says when to sync. */
export async function openStore(
  profile: Profile,
  http: Http,
  change: Partial<StoreDeps> = {},
): Promise<Store> {
  return createStore({
    idb: await openProfile(profile),
    http,
    clock: { now: () => profile.wall.now, monotonic: () => 0, pageLife: 'test' },
    random: randomBytes,
    locks: profile.locks,
    subtle: webcrypto.subtle as SubtleCrypto,
    channel: profile.channel(),
    signal: { present: () => true, onHint: () => () => undefined },
    timer: () => () => undefined,
    table: mergeTable,
    schema: 1,
    stretch: argon2,
    pinCost: QUICK_PIN,
    memoryOnly: false,
    onTrouble: (error) => {
      throw error
    },
    ...change,
  })
}

/** Beside a server that enrols and otherwise is not there. */
export async function openEnrolling(profile: Profile): Promise<Store> {
  const { public: key } = await serverPair()
  const who = { officer: 'o', name: '李', bureau: 'b', section: 's', section_name: '科', section_kind: 'supervision', roles: [] }
  const keys = { hpke_key: 'k', hpke_public: key, sign_key: 'k', sign_public: key }
  const said: Record<string, object> = {
    '/api/v1/me': who,
    '/api/v1/enrolments': { device: 'ownownownown', epoch: 1, timeline: 't', ...keys },
  }
  return openStore(profile, {
    listen: () => () => undefined,
    send: async ({ path }) => {
      const body = said[path]
      if (body === undefined) return { status: 0, timeline: null, text: '' }
      return { status: 200, timeline: 't', text: JSON.stringify(body) }
    },
  })
}

/** One lane a name, as Web Locks have them. */
export function memoryLocks(): Locks {
  const lanes = new Map<string, ReturnType<typeof inOrder>>()
  return {
    request: (name, work) => {
      const lane = lanes.get(name) ?? inOrder()
      lanes.set(name, lane)
      return lane(work)
    },
  }
}

/** A P-256 pair of the server: `public` is SPKI as base64url, `pem` the private key. */
export async function serverPair(): Promise<{ readonly public: string; readonly pem: string }> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, [
    'deriveBits',
  ])
  const spki = new Uint8Array(await crypto.subtle.exportKey('spki', pair.publicKey))
  const pkcs8 = Buffer.from(await crypto.subtle.exportKey('pkcs8', pair.privateKey))
  const pem = `-----BEGIN PRIVATE KEY-----\n${pkcs8.toString('base64')}\n-----END PRIVATE KEY-----`
  return { public: toBase64url(spki), pem }
}
