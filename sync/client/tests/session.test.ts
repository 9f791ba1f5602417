/** What no well-behaved server does. What servers, phones and networks do: tests/simulation. */

import { describe, expect, test } from 'vitest'
import { author, lastRun, syncOnce } from '../src/index'
import type { HelloReply, MergeTable, PushReply, PushRun, Reply, SyncReport, Wire } from '../src/index'
import { MemoryStore } from '../../../tests/simulation/memory'
import { newKeys } from './keys'

const keys = await newKeys()
const NOW = 1_789_696_440_000
const TIMELINE = '0f5c2e7a9b314d60'
const DEVICE = 'a3f9k2m7qx1c'
const TABLE: MergeTable = { entities: {} }

function said<T>(body: T, timeline: string | null = TIMELINE): Reply<T> {
  return { ok: true, timeline, body }
}

function refused<T>(status: number, code: string, facts: object = {}): Reply<T> {
  return { ok: false, status, timeline: TIMELINE, problem: { code, ...facts } }
}

function hello(acked: number, facts: Partial<HelloReply> = {}): HelloReply {
  return {
    timeline: TIMELINE,
    now: NOW,
    beacon: { key: 'k', now: NOW, signature: '' },
    device: { status: 'ok', epoch: 1, acked_n: acked },
    backed_up_n: 0,
    grants: [],
    leases: [],
    limits: { items: 500, bytes: 1_048_576 },
    min_pull_schema: 1,
    ...facts,
  }
}

function taken(run: PushRun): PushReply {
  const acked = run.first_n + run.items.length - 1
  return { timeline: TIMELINE, now: NOW, acked_n: acked, other: [], seq: {} }
}

const NO_NEWS = { timeline: TIMELINE, now: NOW, pages: [], control: [], receipts: [] }

function server(answers: Partial<Wire>): Wire {
  return {
    hello: async () => said(hello(0)),
    push: async (run) => said(taken(run)),
    pull: async () => said(NO_NEWS),
    snapshot: async () => refused(404, 'dossier'),
    check: async () => said({ ok: true, seq: 0 }),
    ...answers,
  }
}

async function phoneWith(changesets: number): Promise<MemoryStore> {
  const store = MemoryStore.enrolled(DEVICE, 1, TIMELINE)
  for (let left = changesets; left > 0; left -= 1) {
    const device = await store.readDevice()
    const draft = { dossier: null, entity: 'dossier', record: null, schema: 1 }
    const fields = { reason: { value: `第${left}次` } }
    const { changeset } = await author(keys, TABLE, device, { ...draft, fields }, NOW, '5c0e91d2')
    await store.appendOwn(lastRun(device), [changeset])
  }
  return store
}

function sync(store: MemoryStore, answers: Partial<Wire>, aborted = false): Promise<SyncReport> {
  const ports = { store, wire: server(answers), signer: keys }
  const options = { table: TABLE, now: NOW, schema: 1, check: true, signal: { aborted } }
  return syncOnce(ports, options)
}

async function ackedOf(store: MemoryStore): Promise<number> {
  return lastRun(await store.readDevice()).acked
}

describe('a push', () => {
  test('[SN1] goes in runs of at most 500', async () => {
    const store = await phoneWith(501)
    const sizes: number[] = []
    const push: Wire['push'] = async (run) => {
      sizes.push(run.items.length)
      return said(taken(run))
    }
    expect(await sync(store, { push })).toMatchObject({ ended: 'done', pushed: 501 })
    expect(sizes).toEqual([500, 1])
  })

  test('[SN6] too large: half as much is tried until it passes', async () => {
    const store = await phoneWith(10)
    const push: Wire['push'] = async (run) =>
      run.items.length > 3 ? refused(413, 'too_large') : said(taken(run))
    expect(await sync(store, { push })).toMatchObject({ ended: 'done', pushed: 10 })
  })

  test('[SN7] one changeset that is too large alone stops the push, not the pull', async () => {
    const store = await phoneWith(2)
    let pulls = 0
    const report = await sync(store, {
      push: async () => refused(413, 'too_large'),
      pull: async () => {
        pulls += 1
        return said(NO_NEWS)
      },
    })
    expect(report).toMatchObject({ ended: 'done', pushed: 0, problems: ['too_large'] })
    expect([pulls, await ackedOf(store)]).toEqual([1, 0])
  })

  test('[SN2] a gap: the phone goes back to what the server expects', async () => {
    const store = await phoneWith(4)
    await store.markAcked(1, 3, [])
    const push: Wire['push'] = async (run) =>
      run.first_n > 2 ? refused(409, 'gap', { expect: 2 }) : said(taken(run))
    expect(await sync(store, { push })).toMatchObject({ ended: 'done', problems: [] })
    expect(await ackedOf(store)).toBe(4)
  })

  test('a server that never holds still is left alone', async () => {
    const store = await phoneWith(1)
    const push: Wire['push'] = async () => refused(409, 'gap', { expect: 1 })
    expect(await sync(store, { push })).toMatchObject({ ended: 'moved' })
  })

  test('[SN6] a refused signature is reported and nothing is acknowledged', async () => {
    const store = await phoneWith(1)
    const report = await sync(store, { push: async () => refused(422, 'signature') })
    expect(report.problems).toEqual(['signature'])
    expect(await ackedOf(store)).toBe(0)
  })

  test('[SN9] after a lost reply what the server holds is not sent again', async () => {
    const store = await phoneWith(3)
    const push: Wire['push'] = async () => refused(422, 'signature')
    const report = await sync(store, { hello: async () => said(hello(3)), push })
    expect(report.problems).toEqual([])
    expect(await ackedOf(store)).toBe(3)
  })
})

describe('who answers', () => {
  test('[SN11] a captive portal is no network, whatever it says', async () => {
    const store = await phoneWith(1)
    const portal: Wire['hello'] = async () => said(hello(1), null)
    expect(await sync(store, { hello: portal })).toMatchObject({ ended: 'offline', hello: null })
    expect(await ackedOf(store)).toBe(0)
  })

  test('[SN6] a session that ran out ends the sync', async () => {
    const store = await phoneWith(1)
    const report = await sync(store, { hello: async () => refused(401, 'session') })
    expect(report.ended).toBe('session')
  })

  test('[GR3] an enrolment that ended still sends what it wrote', async () => {
    const store = await phoneWith(2)
    const report = await sync(store, { hello: async () => refused(403, 'enrolment') })
    expect(report).toMatchObject({ ended: 'enrolment', pushed: 2 })
  })

  test('[SN13] an old app sends, and does not read', async () => {
    const store = await phoneWith(1)
    const report = await sync(store, {
      hello: async () => said(hello(0, { min_pull_schema: 2 })),
      pull: async () => refused(500, ''),
    })
    expect(report).toMatchObject({ ended: 'outdated', pushed: 1 })
  })

  test('[SN11] timelines that change all the time are left alone', async () => {
    const store = await phoneWith(1)
    let timeline = 0
    const report = await sync(store, { hello: async () => said(hello(0), `t${(timeline += 1)}`) })
    expect(report).toMatchObject({ ended: 'moved', timelines: 3 })
  })

  test('a sync told to stop does nothing', async () => {
    const store = await phoneWith(1)
    expect(await sync(store, {}, true)).toMatchObject({ ended: 'stopped', pushed: 0 })
  })
})

describe('a replica that does not agree', () => {
  const granted = hello(0, { grants: [{ dossier: `${DEVICE}.1.9.5c0e91d2`, until: NOW }] })
  const dossier = granted.grants[0]?.dossier ?? ''
  const empty = { timeline: TIMELINE, seq0: 0, lines: [], next: null }
  const row = { seq: 7, body: '{}', received: NOW, courier: DEVICE }

  test('[LG8] it is taken anew once', async () => {
    const store = await phoneWith(0)
    let checks = 0
    const report = await sync(store, {
      hello: async () => said(granted),
      snapshot: async () => said(empty),
      check: async () => said({ ok: (checks += 1) > 1, seq: 0 }),
    })
    expect(report).toMatchObject({ ended: 'done', restarted: [dossier] })
  })

  test('[LG1] rows that do not follow are taken anew, but not without end', async () => {
    const store = await phoneWith(0)
    const report = await sync(store, {
      hello: async () => said(granted),
      snapshot: async () => said(empty),
      pull: async () => said({ ...NO_NEWS, pages: [{ dossier, rows: [row], more: false }] }),
    })
    expect(report).toMatchObject({ ended: 'refused', restarted: [dossier] })
    expect(await store.records(dossier)).toEqual([])
  })

  test('[GR3] a dossier whose snapshot is refused is not carried', async () => {
    const store = await phoneWith(0)
    expect(await sync(store, { hello: async () => said(granted) })).toMatchObject({ ended: 'done' })
    expect(await store.readDossiers()).toEqual([])
  })
})
