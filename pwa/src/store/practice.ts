/**
 * 练习: a second store in memory alone. Its chain, numbers and keys are invented at its opening and
 * gone at its end; no request of it leaves the page, and the officer's own store only lends it
 * the registers to read.
 */

import { argon2 } from '@/adapters/argon2'
import type { Answer, Http } from '@/adapters/http'
import { inOrder } from '@/adapters/in-order'
import { memoryDatabase } from '@/adapters/memory-database'
import { hex } from '@/adapters/random'

import type { Locks } from './append'
import { PHONE_DATABASE, type Rows } from './database'
import { createStore, NotOpen, type StoreDeps } from './index'
import { toBase64url } from './sealing'
import type { Entity, Lease, Person, Store } from './types'

/** Rows that stand in place of a register: entity → all its rows. */
export type Lent = Readonly<Partial<Record<Entity, readonly { readonly id: string }[]>>>

export interface Practising {
  /** The officer's own store: only his name and the registers are read from it. */
  readonly real: Store
  readonly lent: Lent
  /** Kinds of paper that may be drawn up. */
  readonly kinds: readonly string[]
  readonly year: number
  readonly devices: Pick<StoreDeps, 'clock' | 'random' | 'subtle' | 'table' | 'schema' | 'onTrouble'>
}

/** What stands where a number would. */
export const PRACTICE_NUMBER = '练习'

type Lending = 'practice' | 'register' | 'status' | 'lifeboat'

const QUICK = { memory: 64, passes: 1, lanes: 1 }
const NAME_BYTES = 7
const PIN_BYTES = 16
const PLENTY = 999

export async function openPractice(practising: Practising): Promise<Store> {
  const { real, devices } = practising
  const person = real.person()
  if (person === null) throw new NotOpen(real.gate())
  const inner = await createStore({
    ...devices,
    idb: memoryDatabase<Rows>(PHONE_DATABASE),
    http: await loopback(devices, person),
    locks: memoryLocks(),
    channel: { post: () => undefined, listen: () => () => undefined },
    signal: { present: () => false, onHint: () => () => undefined },
    timer: () => () => undefined,
    stretch: argon2,
    pinCost: QUICK,
    memoryOnly: false,
  })
  await inner.enrol(hex(devices.random(PIN_BYTES)), PRACTICE_NUMBER)
  return { ...inner, ...lending(practising, inner), ...numberless(practising, inner) }
}

function lending({ real, lent }: Practising, inner: Store): Pick<Store, Lending> {
  const register = ((kind: string, entity: Entity) => {
    const rows = lent[entity]
    if (rows === undefined) return real.register(kind, entity)
    return { rows: new Map(rows.map((row) => [row.id, row])), asOf: 0 }
  }) as Store['register']
  return {
    practice: true,
    register,
    status: () => ({ ...inner.status(), unsent: 0 }),
    lifeboat: () => Promise.reject(new Error('nothing of a practice visit is handed in')),
  }
}

/** 定稿 goes on as ever, but no number is taken: where it would stand, 练习 stands. */
function numberless({ kinds, year }: Practising, inner: Store): Pick<Store, 'takeNumber' | 'leases'> {
  const lease = (kind: string): Lease => {
    return { kind, year, prefix: PRACTICE_NUMBER, suffix: '', next: 1, last: PLENTY }
  }
  return {
    leases: () => kinds.map(lease),
    takeNumber: async (dossier, kind, ofYear, draft) => {
      const fields = { kind, year: ofYear, text: PRACTICE_NUMBER, draft }
      const [record = null] = await inner.append([{ dossier, entity: 'number', fields }])
      return record
    },
  }
}

/** Answers the enrolment by itself, as of an officer of a section; else nobody answers. */
async function loopback(
  { subtle, random }: Practising['devices'],
  { officer, name, bureau, section, sectionName }: Person,
): Promise<Http> {
  const pair = await subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits'])
  const key = toBase64url(new Uint8Array(await subtle.exportKey('spki', pair.publicKey)))
  const post = { section_name: sectionName, section_kind: 'supervision', roles: ['R1'] }
  const keys = { hpke_key: 'k', hpke_public: key, sign_key: 'k', sign_public: key }
  const device = `p${hex(random(NAME_BYTES))}`
  const said = new Map<string, object>([
    ['/api/v1/me', { officer, name, bureau, section, ...post }],
    ['/api/v1/enrolments', { device, epoch: 1, timeline: PRACTICE_NUMBER, ...keys }],
  ])
  return {
    listen: () => () => undefined,
    send: async ({ path }) => answerOf(said.get(path)),
  }
}

function answerOf(body: object | undefined): Answer {
  if (body === undefined) return { status: 0, timeline: null, text: '' }
  return { status: 200, timeline: PRACTICE_NUMBER, text: JSON.stringify(body) }
}

/** One lane a name, of this store alone. */
function memoryLocks(): Locks {
  const lanes = new Map<string, ReturnType<typeof inOrder>>()
  return {
    request: (name, work) => {
      const lane = lanes.get(name) ?? inOrder()
      lanes.set(name, lane)
      return lane(work)
    },
  }
}
