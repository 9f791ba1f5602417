/** The order and the opinion out of the records of a visit. */

import { expect, test } from 'vitest'

import { blanks, factsText, type Content } from '@/features/documents/public'
import type { Held, View } from '@/features/inspections/public'
import type { Store } from '@/store/types'

import vectors from '../../../../sync/vectors/facts.json'

import { anewContent, opinionContent, orderContent } from './papers'
import {
  demandsOf,
  earlierResults,
  orderedFindings,
  orderUnder,
  photosOf,
  recheckedFor,
  recheckedRows,
  silenceWords,
  toOrderAnew,
  transferOf,
} from './views'

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
    { finding: 'b', result: 'not_fixed', words: '报警仍然关闭' },
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
  expect(texts(orderContent('dossier', view as View, orderedFindings(view as View), STORE).content)).toEqual([
    '2号罐区：问题b',
    '2号罐区：问题a',
  ])
  const named = { ...VIEW, finding: VIEW.finding?.map((each) => ({ ...each, place: '问题' })) }
  expect(texts(orderContent('dossier', named as View, orderedFindings(named as View), STORE).content)).toEqual(['问题b', '问题a'])
})

test('S4-11: the order numbers the findings by their making, with three elements', () => {
  const { content, about, written } = orderContent('dossier', VIEW, orderedFindings(VIEW), STORE)
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
  const order = orderContent('dossier', VIEW, orderedFindings(VIEW), STORE).content
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
      note: '报警仍然关闭',
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

const PARTLY: Held<'recheck'> = {
  ...RECHECK,
  items: [{ finding: 'b', result: 'partly', words: '信号没恢复' }],
}
const SINCE: View = { ...VIEW, recheck: [PARTLY] }

/** The record is signed by all, as every order wants it. */
const SIGNED: Pick<View, 'draft' | 'signature'> = {
  draft: [...(VIEW.draft ?? []), held('r1', { kind: 'site_inspection_record' })],
  signature: [
    { role: 'officer', officer: 'of_0' },
    { role: 'officer', officer: 'of_1' },
    { role: 'party' },
  ].map((each, at) => {
    return held(`s${at}`, { ...each, draft: 'r1', content_sha256: 'h', strokes: [[[0, 0]]] })
  }),
}

function dated(due: string): View {
  const finding = (VIEW.finding ?? []).map((each) => {
    return each.id === 'b' ? { ...each, rectify_by: { due, rule: 'D09' } } : each
  })
  return { ...SINCE, finding }
}

test('the opinion speaks only of what this recheck looked at, though it was ordered anew since', () => {
  const anew = { number: '38号', when: WHEN + 3, problems: [{ number: 1, text: '问题b', due: '2026-10-20' }] }
  const view = {
    ...SINCE,
    draft: [...(VIEW.draft ?? []), held('d2', { kind: 'rectification_order', about: ['b'] })],
    document: [
      ...(VIEW.document ?? []),
      held('o2', {
        kind: 'rectification_order',
        draft: 'd2',
        issued: WHEN + 3,
        facts: JSON.stringify(anew),
      }),
    ],
  }
  const { results } = opinionContent('dossier', view, PARTLY, STORE).content
  expect(results).toMatchObject([{ number: 1, text: '问题b', outcome: 'partly' }])
  expect(orderUnder(view)?.id).toBe('o')
  expect(orderUnder(view, 'o2')?.id).toBe('o2')
  expect(demandsOf(view, 'o').map(({ finding: of }) => of)).toEqual(['a'])
  expect(demandsOf(view, 'o2').map(({ due }) => due)).toEqual(['2026-10-20'])
  expect(toOrderAnew(view)).toEqual([])
})

test('what was mended in part wants a day later than the old one and than today', () => {
  const [item] = toOrderAnew(SINCE)
  expect(item).toMatchObject({ finding: 'b', earliest: '2026-09-29', due: '' })
  expect(toOrderAnew({ ...SINCE, today: '2026-10-03' })[0]?.earliest).toBe('2026-10-04')
  expect(toOrderAnew(dated('2026-09-28'))[0]?.due).toBe('')
  expect(toOrderAnew(dated('2026-10-20'))[0]?.due).toBe('2026-10-20')
})

test('the new order is about the remaining items alone, with their new days', () => {
  const lacking = anewContent('dossier', SINCE, STORE)
  expect(lacking).toContainEqual(
    expect.objectContaining({ says: '「问题b」还没另定期限', to: expect.anything() as object }),
  )
  const found = anewContent('dossier', { ...dated('2026-10-20'), ...SIGNED }, STORE)
  expect(found).toMatchObject({
    about: ['b'],
    content: { problems: [{ number: 1, text: '问题b', due: '2026-10-20' }] },
  })
  expect(anewContent('dossier', VIEW, STORE)).toMatchObject([{ says: '没有要重开指令书的问题' }])
})

test('an item left out waits for its day, one not mended early is not transferred', () => {
  const early = { ...RECHECK, items: [{ finding: 'b', result: 'not_fixed', words: '' }] }
  const view = { ...VIEW, recheck: [early] }
  expect(recheckedRows(demandsOf(view, 'o'), early).map(({ note }) => note)).toEqual([
    '没改好。期限没到，接着整改，到期再查',
    '这次没查，到期再查',
  ])
  expect(transferOf(view, early, '2026-09-24')).toBe('')
  const late = { ...early, ended: Date.parse('2026-09-28T10:00+08:00') }
  expect(transferOf({ ...VIEW, recheck: [late] }, late, '2026-09-28')).toContain('移交要在局里另办')
})

test('a second recheck shows what was reported and what was found before', () => {
  const fed = { ...VIEW, feedback: [held('f', { order: 'o', finding: 'b', at: WHEN })] }
  expect(silenceWords(VIEW, 'o')).toBe('企业还没反馈。')
  expect(silenceWords(fed, 'o')).toBe('')
  expect(silenceWords({ ...fed, recheck: [PARTLY] }, 'o')).toBe('上次复查后，企业没有再反馈。')
  expect(earlierResults(SINCE, 'b')).toEqual(['9月18日复查：改了一部分 · 信号没恢复'])
})
