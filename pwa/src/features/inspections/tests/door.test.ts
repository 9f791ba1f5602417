/** What is said at the door: codes read, the team, the count, the sentence of the form. */

import { expect, test } from 'vitest'

import vectors from '../../../../../sync/vectors/scan.json'

import type { Store } from '@/store/types'

import { integrityRules, noScanReasons, rightsWords, spokenSentence } from '../arrive-views'
import { enterpriseView, teamOf } from '../enterprise-views'
import { preparation } from '../preparation'
import { readText, typedScan } from '../scanning'
import { changedTasks } from '../views'
import { officer, pack, withRegisters } from './registers'

const TODAY = '2026-09-18'
const NOW = Date.UTC(2026, 8, 18, 2)
const { payload } = vectors
const CODE = vectors.parse[0]?.text ?? ''
const HERE = { ...payload, id: payload.enterprise, name: '昌吉启明精细化工有限公司', section: 's', sector: '' }
const OTHER = {
  ...HERE,
  id: 'ent_2',
  code: '91652301MA00098N0F',
  name: '昌吉市宏泰气体充装站',
  short_name: '宏泰气体',
}
const KEY = { id: 'code1', use: 'code', public: vectors.public_key_spki }
const BARE = { dossiers: () => [], records: () => [] } as unknown as Store
const store = withRegisters(BARE, { enterprise: [HERE, OTHER], server_key: [KEY] })

test('a code of the bureau is read on the phone alone (S3-4.2a)', async () => {
  expect(await readText(store, CODE, null, TODAY)).toMatchObject({
    result: 'good',
    words: '企业码是真的',
    enterprise: HERE.id,
    name: HERE.name,
    scan: { text: CODE, verdict: 'good', key: 'code1', enterprise: HERE.id },
  })
})

test.each([
  ['for another enterprise', CODE, 'ent_2', TODAY, 'other_enterprise', '不是今天要查的“宏泰气体”'],
  ['after its last day', CODE, null, '2027-03-01', 'expired', '有效期到 2月28日'],
  ['altered', CODE.replace(/.$/, 'A'), null, TODAY, 'bad_signature', '不要当作凭证'],
  ['of a shop', 'https://pay.example/q', null, TODAY, 'not_ours', '这不是企业码。'],
  ['damaged', CODE.slice(0, -9), null, TODAY, 'unreadable', '看不清'],
])('a code %s', async (_, text, expected, today, result, words) => {
  const read = await readText(store, text, expected, today)
  expect(read.result).toBe(result)
  expect(read.words).toContain(words)
})

test('an unknown key is checked later; a withdrawn one means a new code', async () => {
  const without = withRegisters(BARE, { enterprise: [HERE] })
  expect((await readText(without, CODE, null, TODAY)).result).toBe('unknown_key')
  const withdrawn = [{ ...KEY, withdrawn_on: '2026-08-01' }]
  const renewed = withRegisters(BARE, { enterprise: [HERE], server_key: withdrawn })
  expect((await readText(renewed, CODE, null, TODAY)).words).toBe('企业码已停用（8月1日换新码）。')
})

test('a licence tells its enterprise, the wrong one is said', async () => {
  const text = `营业执照 ${OTHER.code} 宏泰`
  const read = await readText(store, text, null, TODAY)
  expect(read).toMatchObject({ result: 'licence', enterprise: 'ent_2' })
  expect((await readText(store, text, HERE.id, TODAY)).result).toBe('other_enterprise')
  expect(typedScan(store, OTHER.code).enterprise).toBe('ent_2')
  expect(typedScan(store, '91652301MA000RPK3E').enterprise).toBe('91652301MA000RPK3E')
})

test('one certified officer is not enough, and an expert is no second (S3-4.2d)', () => {
  const sector = { id: 'hazardous_chemicals', title: '危险化学品' }
  const li = officer('a', '李㛃')
  const hassan = officer('b', '努尔兰·哈森')
  const expert = { ...officer('c', '王工'), roles: ['R9'] }
  expect(teamOf([li], sector, TODAY).lack).toBe('要两名持证执法人员到场。现在只有李㛃。')
  const mixed = teamOf([li, expert], sector, TODAY)
  expect([mixed.lack, mixed.faults]).toEqual([
    '要两名持证执法人员到场。现在只有李㛃。',
    ['专家不能算作执法人员。'],
  ])
  expect(teamOf([li, hassan, expert], sector, TODAY)).toMatchObject({ lack: '', fit: [li, hassan] })
  const trader = officer('d', '赵', ['industry_trade'])
  expect(teamOf([trader], sector, TODAY).faults).toEqual(['赵的证件不含“危险化学品”，不能参加这次检查。'])
})

const SCHEME = {
  id: 'annual',
  title: '频次',
  source: '本局频次规则',
  in_force: '2026-01-01',
  rows: [{ high_risk: true, grade: '2', most: 4 }],
  exempt_reasons: [],
  not_counted: ['recheck', 'accident'],
}
const RISKY = {
  ...HERE,
  high_risk: true,
  grades: [{ grade: '2', since: '2026-01-01', until: '2028-12-31' }],
}

type Day = readonly [day: string, kind: string, told?: { exempt?: string; joint?: boolean }]

function counted(rows: readonly object[], ...days: readonly Day[]) {
  const visits = days.map(([day, kind, told], at) => {
    return { id: `d${at}`, dossier: `d${at}`, day, kind, ...told }
  })
  const summary = { id: HERE.id, year: 2026, as_of: NOW, visits }
  const table = pack('table.cap', [{ ...SCHEME, rows }])
  const known = { enterprise: [RISKY], enterprise_summary: [summary], pack: [table] }
  return enterpriseView(withRegisters(BARE, known), HERE.id, NOW)?.count
}

test('the boxes of the cap: counted, this visit, left (S3-3.1)', () => {
  const count = counted(
    SCHEME.rows,
    ['2026-05-03', 'enforcement'],
    ['2026-07-09', 'enforcement'],
    ['2026-08-01', 'recheck'],
  )
  expect(count?.boxes.map(({ label }) => label)).toEqual(['5月', '7月', '本次', '余 1'])
  expect(count).toMatchObject({ over: false, words: '上限 4 次，本次是第 3 次，可以检查。' })
  expect(count?.aside).toBe('复查 1 次，不计入。上限依据：本局频次规则')
})

test('at the cap nothing is left; where the place sets none no box is drawn', () => {
  const four = ['01', '02', '03', '04'].map((m) => [`2026-${m}-03`, 'enforcement'] as const)
  expect(counted(SCHEME.rows, ...four)).toMatchObject({ over: true, words: '今年已查满 4 次，计划检查不能再来。' })
  const free = counted([], ...four)
  expect(free).toMatchObject({ boxes: [], over: false, words: '本地没有规定次数' })
  expect(free?.aside).toBe('今年已查 4 次。')
})

test('an enterprise the register does not know is taken by its code, a wrong code is not', () => {
  expect(enterpriseView(store, '91652301MA000RPK3E', NOW)).toMatchObject({ known: false })
  expect(enterpriseView(store, '91652301MA000RPK3F', NOW)).toBeNull()
})

test('the words at the door come from the pack with the names filled in (FORM16)', () => {
  const packs = new Map(
    [
      pack('bureau.name', '昌吉回族自治州应急管理局'),
      pack('rights.told', '我们是{bureau}，投诉 {complaint_phone}。'),
      pack('complaint.phone', '12345'),
      pack('integrity.rules', [{ forbid: '严禁变相检查', must_not: [] }]),
      pack('scan.reasons', [{ code: 'none', title: '没有码' }]),
    ].map((row) => [row.id, row]),
  )
  const spoken = spokenSentence(packs, [officer('a', '李㛃'), officer('b', '努尔兰·哈森')])
  expect(spoken).toContain('昌吉回族自治州应急管理局行政执法人员李㛃、努尔兰·哈森，证件号码为n-a、n-b')
  expect(rightsWords(packs)).toBe('我们是昌吉回族自治州应急管理局，投诉 12345。')
  expect(integrityRules(packs)).toHaveLength(1)
  expect(noScanReasons(packs)).toEqual([{ value: 'none', label: '没有码' }])
})

test('news from the office: a visit that is new or moved, nothing on the first look', () => {
  const before = { a: '2026-09-18 28', b: '2026-09-19 30' }
  const now = { a: '2026-09-18 28', b: '2026-09-20 30', c: '2026-09-21 5' }
  expect(changedTasks(before, now)).toEqual(['b', 'c'])
  expect(changedTasks(null, before)).toEqual([])
})

test('visits that stand apart are told by what they are (S3-3.1)', () => {
  const count = counted(
    SCHEME.rows,
    ['2026-01-03', 'enforcement', { joint: true }],
    ['2026-02-03', 'enforcement', { exempt: 'complaint' }],
    ['2026-03-03', 'accident'],
  )
  expect(count?.words).toBe('上限 4 次，本次是第 2 次，可以检查。')
  expect(count?.aside).toContain('其中联合检查 1 次，一次算一次。免限（complaint） 1 次')
})

test('a visit over the cap stands and is said; a key enterprise is asked for once (0.14)', () => {
  const five = ['01', '02', '03', '04', '05'].map((m) => [`2026-${m}-03`, 'enforcement'] as const)
  expect(counted(SCHEME.rows, ...five)).toMatchObject({ over: true, beyond: 1, floor: '' })
})

test('what is not there before leaving is named, each with its place (S4-12a)', () => {
  const view = enterpriseView(store, HERE.id, NOW)
  if (view === null) throw new Error('the enterprise is known')
  const planned = { dossier: 'd1', number: '58号', officers: [], exempt: false, version: '1' }
  const here = { ...view, planned: { ...planned, equipment: ['执法记录仪', '测距仪'] } }
  const team = { officers: [], fit: [], faults: [], lack: '要两名持证执法人员到场。' }
  const carried = { packs: new Map(), engine: false, equipment: here.planned.equipment }
  const lines = preparation(here, team, { ...carried, ticked: ['测距仪'] })
  expect(lines.filter(({ done }) => !done).map(({ name, note }) => [name, note])).toEqual([
    ['team', ''],
    ['engine', '有网时自动补齐'],
    ['equipment', '执法记录仪'],
  ])
})
