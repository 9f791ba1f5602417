/** What the desk shows: lists from the server's rows, a dossier from a real store's records. */

import { afterAll, beforeAll, expect, test, vi } from 'vitest'

import type { DueClock, HeldView, InspectionRow } from '@/generated/http'
import { newProfile, openStore, PIN, serverPair } from '@/store/tests/phone'
import { simulate, type Simulation } from '@/store/tests/simulated'
import type { Store } from '@/store/types'

import { audioOf, evidenceRows, pieceAt } from '../desk-evidence'
import { factsOf } from '../desk-timeline'
import { dueCards, headOf, heldTexts, ofEnterprise, runningOf } from '../desk-views'
import { answeredWords } from '../desk-words'
import type { View } from '../model'
import { viewOf } from '../views'
import { officer, pack, withRegisters } from './registers'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const NOW = Date.UTC(2026, 8, 18, 5)
const MINUTE = 60_000
const BEGAN = NOW - 180 * MINUTE
const ROW: InspectionRow = {
  dossier: 'd1',
  bureau: 'b',
  section: 's',
  enterprise: 'e1',
  unit: '昌吉启明精细化工有限公司',
  state: 'in_progress',
  planned_for: '2026-09-18',
  started: BEGAN,
  ended: null,
  officers: ['of_1'],
  findings: 0,
  conflicts: 0,
  changed: NOW,
}
const CLOCK: DueClock = {
  id: 'c1',
  dossier: 'd1',
  rule: 'D10',
  title: '复查',
  source: '',
  about: '',
  section: 's',
  trigger: '',
  started: 0,
  due_strict: '2026-09-26',
  due_rolled: '2026-09-28',
  due_strict_ms: NOW + 1,
  due_rolled_ms: NOW + 2,
  provisional: false,
  at_end: 'overdue',
  state: 'running',
  left: '还剩 8 天',
}

test('a clock shows both dates where they differ, and is late only where the law says so', () => {
  const open = { ...CLOCK, id: 'c2', at_end: 'open' as const, due_strict_ms: NOW - 2 }
  const late = { ...CLOCK, id: 'c3', due_rolled: CLOCK.due_strict, due_strict_ms: NOW - 1 }
  const cards = dueCards([CLOCK, late, open], [ROW], NOW)
  expect(cards.map(({ id, late: is }) => [id, is])).toEqual([
    ['c2', false],
    ['c3', true],
    ['c1', false],
  ])
  expect(cards[2]).toMatchObject({ title: 'D10 复查', unit: ROW.unit, left: '还剩 8 天' })
  expect(cards[2]?.day).toBe('严格 9月26日（周六） · 顺延 9月28日（周一）')
  expect(cards[1]?.day).toBe('应 9月26日（周六）')
})

test('the dossiers of an enterprise are those opened for it, or for none but by its name', () => {
  const ended = { ...ROW, dossier: 'd2', enterprise: 'wantong', unit: ROW.unit, state: 'ended' }
  const typed = { ...ROW, dossier: 'd3', enterprise: '', state: 'ended' }
  expect(ofEnterprise([ROW, ended, typed], ROW.enterprise, ROW.unit)).toEqual([ROW, typed])
  expect(ofEnterprise([ROW, ended, typed], 'wantong', '')).toEqual([ended])
  expect(runningOf([ROW, ended])).toEqual([ROW])
})

test('an item that waits is told by its texts (QU2)', () => {
  const fields = { problem: '阀门锈蚀', evidence: ['x'], cause: '' }
  const held = { entity: 'finding', fields } as unknown as HeldView
  expect(heldTexts(held)).toEqual({ title: '问题', texts: ['阀门锈蚀'] })
})

let server: Simulation
let store: Store
let dossier: string

beforeAll(async () => {
  server = simulate()
  await server.ask('reset', { seed: 7 })
  const { public: key } = await serverPair()
  const reach = server.reach({ hpke_public: key, sign_public: key })
  const phone = await openStore(newProfile(NOW), reach)
  await phone.login('of_1', 'a password')
  await phone.enrol(PIN, 'phone')
  reach.net = 'down'
  const kinds = [{ id: 'rectification_order', title: '责令限期整改指令书' }]
  const reasons = [{ code: 'none', title: '没有码' }]
  const packs = [pack('table.document_kind', kinds), pack('scan.reasons', reasons)]
  const devices = [phone.person()?.device ?? '']
  store = withRegisters(phone, { officer: [{ ...officer('of_1', '李㛃'), devices }], pack: packs })
  dossier = await visited(phone)
})
afterAll(() => server.end())

/** Written in another order than it happened. */
async function visited(phone: Store): Promise<string> {
  const unit = { code: '91652301MA00000000', name: ROW.unit }
  const made = await phone.open({ kind: 'inspection', bureau: 'b', enterprise: unit, reason: '巡查' })
  const at = (minutes: number): number => BEGAN + minutes * MINUTE
  const segment = { recording: 'r1', index: 0, started: at(1), ended: at(60) }
  await phone.append([
    {
      dossier: made,
      entity: 'custody',
      fields: { n: 2, act: 'gap', at: at(27), until: at(27) + 38_000, reason: 'call' },
    },
    { dossier: made, entity: 'custody', fields: { n: 1, act: 'recording_started', at: at(1) } },
    {
      dossier: made,
      entity: 'arrival',
      fields: { officer: 'of_1', at: at(0), scan: { text: 't', verdict: 'good' } },
    },
    { dossier: made, entity: 'evidence', fields: { kind: 'audio', officer: 'of_1', segment } },
    { dossier: made, entity: 'evidence', fields: { kind: 'photo', officer: 'of_1' } },
  ])
  const [number = ''] = await phone.append([
    { dossier: made, entity: 'number', fields: { kind: 'rectification_order', serial: 37 } },
  ])
  await phone.append([
    {
      dossier: made,
      entity: 'document',
      fields: { kind: 'rectification_order', number, issued: at(97) },
    },
  ])
  return made
}

test('facts stand in the order they happened, gaps told by their length', () => {
  expect(factsOf(store, dossier, NOW).map(({ time, kind, title }) => [time, kind, title])).toEqual([
    ['10:00', 'scan', '扫码入企，企业码为真'],
    ['10:01', 'recording', '开始录音'],
    ['10:27', 'gap', '录音中断 38 秒'],
    ['11:37', 'issue', '签发 责令限期整改指令书 37号'],
  ])
  expect(factsOf(store, dossier, NOW)[2]?.note).toBe('来电 · 李㛃')
})

test('why an enterprise’s code was not scanned is told by the pack’s words, not by its code', async () => {
  const [id = ''] = await store.append([
    { dossier, entity: 'arrival', fields: { officer: 'of_1', at: NOW, reason: 'none' } },
  ])
  const fact = factsOf(store, dossier, NOW).find(({ record }) => record === id)
  expect([fact?.title, fact?.note]).toEqual(['到场', '李㛃 · 没扫码：没有码'])
})

test('a moment is found in the piece of the recording that holds it', () => {
  const pieces = audioOf(evidenceRows(store, viewOf(store, dossier, NOW), NOW))
  expect(pieces.map(({ title, arrived }) => [title, arrived])).toEqual([['录音 1', false]])
  expect(pieceAt(pieces, BEGAN + 27 * MINUTE)).toBe(0)
  expect(pieceAt(pieces, BEGAN + 61 * MINUTE)).toBe(-1)
})

test('a photo says between which two moments of the server it was made', () => {
  const made = { created: BEGAN, device: 'd' }
  const bounds = { after: BEGAN, page: '', monotonic: 0 }
  const held = (received: number): View => ({
    evidence: [{ ...made, id: 'e1', kind: 'photo', bounds }],
    receipt: [{ ...made, id: 'r1', evidence: 'e1', received }],
  })
  const words = (received: number) => evidenceRows(store, held(received), NOW)[0]?.bounds
  expect(words(BEGAN + 130 * MINUTE)).toBe(
    '服务器作证：9月18日 10:00 之后，9月18日 12:10 之前',
  )
  expect(words(0)).toBe('服务器作证：9月18日 10:00 之后')
  expect(words(BEGAN + 55_000)).toBe(
    '服务器作证：9月18日 10:00:00 之后，9月18日 10:00:55 之前',
  )
})

test('bounds that the phone’s own time lies outside of name that time too', () => {
  const made = { created: BEGAN, device: 'd', bounds: { after: BEGAN, page: '', monotonic: 0 } }
  const receipt = [{ ...made, id: 'r1', evidence: 'e1', received: BEGAN + 9 * MINUTE }]
  const words = (evidence: object): string | undefined => {
    const view = { evidence: [{ ...made, id: 'e1', kind: 'audio', ...evidence }], receipt }
    return evidenceRows(store, view as unknown as View, NOW)[0]?.bounds
  }
  const vouched = '服务器作证：9月18日 10:00 之后，9月18日 10:09 之前'
  const segment = { recording: 'r', index: 0, ended: BEGAN + MINUTE }
  expect(words({ segment: { ...segment, started: BEGAN + 1 } })).toBe(vouched)
  expect(words({ segment: { ...segment, started: BEGAN - 4 * MINUTE } })).toBe(
    `${vouched}存下；手机时间 9月18日 09:56 开始录`,
  )
  expect(words({ captured: BEGAN + 30 * MINUTE })).toBe(`${vouched}存下；手机时间 9月18日 10:30`)
})

test('what the office said is told in its own words, and in whose name it was said', () => {
  expect(answeredWords('review', true)).toBe('审核同意')
  expect(answeredWords('approve', false)).toBe('不批准方案')
  expect(answeredWords('extend', true)).toBe('同意整改延期')
})

test('the head says where the dossier stands and how much is in it', () => {
  const head = headOf(store, dossier, NOW)
  expect(head).toMatchObject({ unit: ROW.unit, state: 'in_progress', running: true, clocks: [] })
  expect(head.facts).toEqual(['9月18日 10:00 起', '问题 0 · 文书 1 · 证据 2'])
})
