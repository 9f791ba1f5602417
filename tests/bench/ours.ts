/** Ours: the real sync client over the simulator's memory store, HTTP to a real server. */

import { webcrypto } from 'node:crypto'
import { gzipSync } from 'node:zlib'

import merge from '../../sync/contract/merge.json'
import {
  author,
  headsOf,
  lastRun,
  recordKey,
  recordView,
  syncOnce,
  type Draft,
  type MergeTable,
  type Reply,
  type Signer,
  type SnapshotPage,
  type Wire,
} from '../../sync/client/src/index'
import { MemoryStore } from '../simulation/memory'
import { findings } from './rows.mjs'

const [base = '', proxied = '', password = ''] = process.argv.slice(2)
const TABLE = merge as unknown as MergeTable
const { subtle } = webcrypto
const EC = { name: 'ECDSA', namedCurve: 'P-256' } as const
const encoder = new TextEncoder()
const base64url = (bytes: ArrayBuffer): string => Buffer.from(bytes).toString('base64url')

interface Phone {
  readonly store: MemoryStore
  readonly wire: Wire
  readonly signer: Signer
  readonly device: string
}

async function post(path: string, body: unknown, headers: Record<string, string> = {}) {
  const reply = await fetch(base + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
  return (await reply.json()) as Record<string, string>
}

async function phone(login: string): Promise<Phone> {
  const { token = '' } = await post('/api/v1/session', { login, password })
  const bearer = { authorization: `Bearer ${token}` }
  const keys = await subtle.generateKey(EC, true, ['sign', 'verify'])
  const spki = base64url(await subtle.exportKey('spki', keys.publicKey))
  const enrolled = await post('/api/v1/enrolments', { public_key: spki, name: 'bench' }, bearer)
  const { device = '', timeline = '' } = enrolled
  const headers = { ...bearer, 'Anxun-Enrolment': device, 'accept-encoding': 'gzip' }
  return {
    device,
    store: MemoryStore.enrolled(device, 1, timeline),
    wire: wireOf(headers),
    signer: {
      sha256: async (text) =>
        Buffer.from(await subtle.digest('SHA-256', encoder.encode(text))).toString('hex'),
      sign: async (text) =>
        base64url(await subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, keys.privateKey, encoder.encode(text))),
    },
  }
}

function wireOf(headers: Record<string, string>): Wire {
  const send = async <T>(path: string, body: unknown): Promise<Reply<T>> => {
    const reply = await fetch(`${proxied}/api/v1/sync/${path}`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json', 'content-encoding': 'gzip' },
      body: gzipSync(JSON.stringify(body), { level: 6 }),
    })
    return answer<T>(reply, (await reply.json()) as T)
  }
  return {
    hello: (body) => send('hello', body),
    push: (body) => send('push', body),
    pull: (body) => send('pull', body),
    check: (body) => send('check', body),
    async snapshot({ dossier, after, limit }) {
      const query = `after=${encodeURIComponent(after ?? '')}&limit=${limit}`
      const reply = await fetch(`${proxied}/api/v1/sync/snapshot/${dossier}?${query}`, { headers })
      const lines = (await reply.text()).trimEnd().split('\n').map((line) => JSON.parse(line))
      const [head, ...rest] = lines
      const end = rest.pop()
      return answer<SnapshotPage>(reply, { ...head, lines: rest, next: end.next })
    },
  }
}

function answer<T>(reply: Response, body: T): Reply<T> {
  const timeline = reply.headers.get('anxun-timeline')
  if (reply.ok) return { ok: true, status: reply.status, timeline, body } as Reply<T>
  return { ok: false, status: reply.status, timeline, problem: body } as Reply<T>
}

async function write(on: Phone, drafts: readonly Draft[]): Promise<string[]> {
  let device = await on.store.readDevice()
  const run = lastRun(device)
  const made = []
  for (const [n, draft] of drafts.entries()) {
    const hex = (run.n + n + 1).toString(16).padStart(8, '0')
    const one = await author(on.signer, TABLE, device, draft, Date.now(), hex)
    device = one.device
    made.push(one.changeset)
  }
  await on.store.appendOwn({ epoch: run.epoch, n: run.n }, made)
  return made.map(({ record }) => record)
}

async function sync(on: Phone): Promise<void> {
  const { store, wire, signer } = on
  const signal = { aborted: false }
  const options = { table: TABLE, now: Date.now(), schema: 1, check: false, signal }
  const report = await syncOnce({ store, wire, signer }, options)
  if (report.ended !== 'done') throw new Error(`sync ended: ${report.ended} ${report.problems}`)
}

async function timed(work: () => Promise<void>): Promise<number> {
  const started = performance.now()
  await work()
  return (performance.now() - started) / 1000
}

/** Seconds until the server had acknowledged everything, and until the phone had it back in order. */
async function pushed(on: Phone): Promise<{ push: number; push_and_echo: number }> {
  const started = performance.now()
  let acknowledged = started
  const push: Wire['push'] = async (body) => {
    const reply = await on.wire.push(body)
    acknowledged = performance.now()
    return reply
  }
  const whole = await timed(() => sync({ ...on, wire: { ...on.wire, push } }))
  return { push: (acknowledged - started) / 1000, push_and_echo: whole }
}

/** Tells the driver where one phase ends, and waits until it has read the byte counter. */
function mark(next: string): Promise<void> {
  console.log(JSON.stringify({ next }))
  return new Promise((go) => process.stdin.once('data', () => go()))
}

const value = (fields: object) =>
  Object.fromEntries(Object.entries(fields).map(([name, v]) => [name, { value: v }]))

async function main(): Promise<void> {
  const [a, b] = [await phone('lijie'), await phone('lijie')]
  const opening = { kind: 'inspection', bureau: 'changji', section: 'whk', reason: 'bench' }
  const draft = { dossier: null, entity: 'dossier', record: null, schema: 1, fields: value(opening) }
  const [dossier = ''] = await write(a, [draft])
  await sync(a)
  const rows = findings(10_000)
  const records = await write(
    a,
    rows.map((row) => ({ dossier, entity: 'finding', record: null, schema: 1, fields: value(row) })),
  )
  await mark('push')
  console.log(JSON.stringify(await pushed(a)))
  await mark('pull')
  console.log(JSON.stringify({ pull: await timed(() => sync(b)) }))
  for (const [on, word] of [[a, '甲'], [b, '乙']] as const) await edit(on, dossier, records.slice(0, 1000), word)
  await mark('conflict')
  const conflict = await timed(async () => {
    for (const on of [a, b, a]) await sync(on)
  })
  console.log(JSON.stringify({ conflict, ...(await counted(a, dossier, records.slice(0, 1000))) }))
  process.exit(0)
}


async function edit(on: Phone, dossier: string, records: readonly string[], word: string) {
  const held = new Map((await on.store.records(dossier)).map((r) => [r.record, r]))
  const drafts = records.map((record) => {
    const view = recordView({ device: on.device, table: TABLE }, held.get(record) ?? null, [])
    const seen = view === null ? [] : headsOf(view, 'problem')
    const fields = { problem: { value: `${word}写的：${view?.fields.get('problem')?.value}`, seen } }
    return { dossier, entity: 'finding', record, schema: 1, fields }
  })
  await write(on, drafts as Draft[])
}

async function counted(on: Phone, dossier: string, records: readonly string[]) {
  const held = new Map((await on.store.records(dossier)).map((r) => [r.record, r]))
  const fields = records.map((record) =>
    recordView({ device: on.device, table: TABLE }, held.get(record) ?? null, [])?.fields.get('problem'),
  )
  return {
    surfaced: fields.filter((field) => field?.conflict).length,
    kept: fields.filter((field) => field?.heads.length === 2).length,
  }
}

await main()
