/** The order and the opinion out of the records of a visit. */

import { expect, test } from 'vitest'

import { blanks, factsText, type Content } from '@/features/documents/public'
import type { Held, View } from '@/features/inspections/public'
import type { Store } from '@/store/types'

import vectors from '../../../../sync/vectors/facts.json'

import { opinionContent, orderContent } from './papers'
import { demandsOf, orderUnder, photosOf, recheckedFor } from './views'

const WHEN = 1_789_703_520_000
const LAW = {
  id: 'aqscf',
  title: '中华人民共和国安全生产法',
  short: '安全生产法',
  in_force: '2021-09-01',
  source: 's',
}
const PACKS = new Map(
  Object.entries({
    'table.law': [LAW],
    'bureau.government': '昌吉回族自治州人民政府',
    'bureau.court': '昌吉市人民法院',
  }).map(([id, value]) => {
    return [id, { id, json: JSON.stringify(value), source: 's', in_force: '2020-01-01' }]
  }),
)
const OFFICERS = new Map(
  ['李㛃', '努尔兰·哈森'].map((name, at) => {
    const certificate = { number: `3102011${at}`, scope: [], issued: '2020-01-01', until: '' }
    return [`of_${at}`, { id: `of_${at}`, name, certificate }]
  }),
)
/** Only the registers are asked of it. */
const STORE = {
  register: (kind: string) => {
    const rows = kind === 'packs' ? PACKS : kind === 'officers' ? OFFICERS : new Map()
    return { rows, asOf: 0 }
  },
} as unknown as Store

const held = <F extends object>(id: string, fields: F, created = 1) => {
  return { ...fields, id, created, device: 'p' }
}
const finding = (id: string, created: number, dispositions: string[]): Held<'finding'> =>
  held(id, {
    problem: `问题${id}。`,
    basis: ['aqscf@2021-09-01#36.3'],
    cause: '误报没有查明',
    measure: '恢复报警',
    dispositions,
    rectify_by: { due: '2026-09-28', rule: 'D09' },
  }, created)
const FACTS = {
  number: '（昌）应急责改〔2026〕37号',
  when: WHEN,
  addressee: '启明公司',
  problems: ['问题b', '问题a'].map((text, at) => ({ number: at + 1, text, due: '2026-09-28' })),
}
const VIEW: View = {
  today: '2026-09-24',
  inspection: [held('i', { officers: ['of_0', 'of_1'], unit: { name: '启明公司' } })],
  step: [held('s', { name: 'reception', reception: { name: '周启明', post: '总经理' } })],
  finding: [
    finding('a', 3, ['order']),
    finding('b', 2, ['order', 'transfer']),
    finding('c', 1, ['corrected']),
  ],
  draft: [held('d', { kind: 'rectification_order', about: ['b', 'a'] })],
  document: [
    held('o', {
      kind: 'rectification_order',
      draft: 'd',
      issued: WHEN,
      facts: JSON.stringify(FACTS),
    }),
  ],
  service: [held('v', { document: 'o', way: 'direct', at: WHEN })],
}
const RECHECK: Held<'recheck'> = held('r', {
  order: 'o',
  started: WHEN + 1,
  ended: WHEN + 2,
  officers: ['of_0', 'of_1'],
  items: [
    { finding: 'a', result: 'fixed', words: '' },
    { finding: 'b', result: 'not_fixed', words: '未整改，应移交支队' },
  ],
})

/** The members of the kind as the printing package wants them, none missing and none more. */
function membersOf(kind: string): string[] {
  const found = vectors.cases.find((each) => each.kind === kind)
  return Object.keys(JSON.parse(found?.text ?? '{}') as object).sort()
}

function factsOf(content: Content): Record<string, unknown> {
  const whole = { ...content, bureau: '昌吉州应急管理局', wording_date: '2026-09-24' }
  const issue = { when: WHEN, number: '1号', verifyUrl: 'https://example.cn/v/1' }
  const hands = { officers: new Map(), party: null, refused: null }
  return JSON.parse(factsText(whole, hands, issue)) as Record<string, unknown>
}

test('the order names the place as the record does, and never twice', () => {
  const view = { ...VIEW, finding: VIEW.finding?.map((each) => ({ ...each, place: '2号罐区' })) }
  const texts = (content: Content): unknown[] =>
    (content.problems as readonly { text: string }[]).map(({ text }) => text)
  expect(texts(orderContent('dossier', view as View, STORE).content)).toEqual([
    '2号罐区：问题b',
    '2号罐区：问题a',
  ])
  const named = { ...VIEW, finding: VIEW.finding?.map((each) => ({ ...each, place: '问题' })) }
  expect(texts(orderContent('dossier', named as View, STORE).content)).toEqual(['问题b', '问题a'])
})

test('S4-11: the order numbers the findings by their making, with three elements', () => {
  const { content, about, written } = orderContent('dossier', VIEW, STORE)
  expect(about).toEqual(['b', 'a'])
  expect(content.problems).toEqual([1, 2].map((number) => ({
    number,
    text: `问题${about[number - 1]}`,
    basis: ['《中华人民共和国安全生产法》第三十六条第三款'],
    cause: '误报没有查明',
    measure: '恢复报警',
    due: '2026-09-28',
  })))
  expect(content.government).toBe('昌吉回族自治州人民政府')
  expect(content.party).toEqual({ name: '周启明', post: '总经理' })
  expect(written('party.post')).toMatchObject({ name: 'visit.arrive', query: { at: 'reception' } })
  const finding = { name: 'visit.finding', params: { id: 'dossier', finding: 'b' } }
  expect(written('problems.0.text')).toEqual({ ...finding, query: { at: 'problem' } })
})

test('both papers have exactly the members of their form, and nothing blank', () => {
  const order = orderContent('dossier', VIEW, STORE).content
  const opinion = opinionContent('dossier', { ...VIEW, recheck: [RECHECK] }, RECHECK, STORE).content
  expect(Object.keys(factsOf(order)).sort()).toEqual(membersOf('rectification_order'))
  expect(Object.keys(factsOf(opinion)).sort()).toEqual(membersOf('recheck_opinion'))
  expect([...blanks(order), ...blanks(opinion)]).toEqual([])
})

test('S0-5b: the opinion keeps the order’s numbers and says of what remains why and how', () => {
  const view = { ...VIEW, recheck: [RECHECK] }
  const { content, about } = opinionContent('dossier', view, RECHECK, STORE)
  expect(about).toEqual(['r'])
  expect(content.order).toEqual({
    title: '责令限期整改指令书',
    number: '（昌）应急责改〔2026〕37号',
    day: '2026-09-18',
  })
  expect(content.results).toMatchObject([
    {
      number: 1,
      outcome: 'not_done',
      note: '未整改，应移交支队',
      remaining: { cause: '误报没有查明', due: null },
    },
    { number: 2, outcome: 'done', note: null, remaining: null },
  ])
})

test('the recheck asks item by item in the order’s numbers, early or not', () => {
  const order = orderUnder(VIEW)
  expect(order?.id).toBe('o')
  const demands = demandsOf(VIEW, 'o')
  expect(demands.map(({ number, finding: of, early }) => [number, of, early])).toEqual([
    [1, 'b', 4],
    [2, 'a', 4],
  ])
  const since = { ...VIEW, recheck: [RECHECK] }
  expect(demandsOf(since, 'o').map(({ mended }) => mended)).toEqual([false, true])
  expect(recheckedFor(since, 'o')).toHaveLength(1)
  expect(demandsOf({ ...VIEW, today: '2026-10-01' }, 'o').map(({ early }) => early)).toEqual([0, 0])
})

test('photos of a finding are told apart by the beginning of the recheck', () => {
  const photo = (id: string, captured: number) => held(id, { kind: 'photo', of: 'a', captured })
  const view = { ...VIEW, evidence: [photo('old', 10), photo('new', 30)] }
  expect(photosOf(view, 'a', 20)).toEqual({ before: ['old'], now: ['new'] })
  expect(photosOf(view, 'a', Infinity)).toEqual({ before: ['old', 'new'], now: [] })
})
