/** 法规库 on the phone: what the picker finds with and without the statutes' words. */

import { expect, test } from 'vitest'

import type { PackValue } from '@contract/records'

import { shelfWords } from './shelf-words'
import { cardsOf, libraryOf, pieces, quoteOf, searchCards, wordsOf } from './views'

const ON = '2026-09-18'
const CLAUSE = 'aqscf@2021-09-01#36.3'
const LAW = {
  id: 'aqscf',
  title: '中华人民共和国安全生产法',
  short: '安全生产法',
  in_force: '2021-09-01',
  source: '2021年6月10日第三次修正',
}
const TEXT = `第三十六条　安全设备的设计、制造、安装应当符合国家标准或者行业标准。
生产经营单位必须对安全设备进行经常性维护、保养。
生产经营单位不得关闭、破坏直接关系生产安全的监控、报警、防护、救生设备、设施。`

function rows(id: string, value: unknown): ReadonlyMap<string, PackValue> {
  return new Map([[id, { id, json: JSON.stringify(value), source: '', in_force: '2021-09-01' }]])
}

const index = libraryOf(rows('table.law', [LAW]), new Map())
const full = libraryOf(
  rows('table.law', [LAW]),
  rows('aqscf@2021-09-01', { law: LAW, text: TEXT }),
)
const known = [{ citation: CLAUSE, about: '可燃气体检测报警' }]

test('我的 says of how many laws the text is here', () => {
  const listed = rows('table.law', [LAW, { ...LAW, id: 'xfaq' }])
  const text = (id: string) => rows(`${id}@2021-09-01`, { law: LAW, text: TEXT })
  expect(shelfWords(new Map(), new Map())).toBe('法规库还是空的')
  expect(shelfWords(listed, new Map())).toBe('2 部法规的目录，原文都不在本机')
  expect(shelfWords(listed, text('aqscf'))).toBe('2 部法规，1 部原文在本机，没有网络也能查')
  const both = new Map([...text('aqscf'), ...text('xfaq')])
  expect(shelfWords(listed, both)).toBe('全部 2 部原文在本机，没有网络也能查')
})

test('a card shows every paragraph of the article, not only the one cited', () => {
  const [card] = cardsOf(full, [CLAUSE], ON)
  expect(card?.title).toBe('安全生产法 第三十六条')
  expect(card?.standing).toBe('in_force')
  expect(card?.choices.map((choice) => choice.name)).toEqual(['第一款', '第二款', '第三款'])
  expect(quoteOf(full, CLAUSE)).toContain('不得关闭')
})

test('without the words on the phone the clause still has its name', () => {
  const [card] = cardsOf(index, [CLAUSE], ON)
  expect(card?.choices).toEqual([{ citation: CLAUSE, name: '第三款', text: null }])
  expect(quoteOf(index, CLAUSE)).toBeNull()
})

test('an article is found by its words, and by what an item of the list is about', () => {
  expect(searchCards(full, [], '关闭 报警', ON).map((card) => card.key)).toHaveLength(1)
  expect(searchCards(index, known, '报警', ON)[0]?.choices[0]?.citation).toBe(CLAUSE)
  expect(searchCards(index, known, '锅炉', ON)).toEqual([])
})

test('the beginning of an article number finds what the item list cites and the text', () => {
  for (const typed of ['第三十六', '第三', '安全生产法第三十六', '第36'])
    for (const library of [index, full])
      expect(searchCards(library, known, typed, ON).map(({ title }) => title)).toEqual([
        '安全生产法 第三十六条',
      ])
  expect(pieces('第三款', '第三十六')).toEqual([{ text: '第三款', marked: false }])
})

test('36条 and 第三十六条 are the same; what only the typing says is 待核对', () => {
  for (const typed of ['安全生产法 36条', '安全生产法 第三十六条']) {
    const [card] = searchCards(index, [], typed, ON)
    expect([card?.title, card?.standing]).toEqual(['安全生产法 第三十六条', 'unchecked'])
  }
})

test.each(['36', '第 36 条', '第三十六条 第3款', '第36条、第99条', '安全生产法 36'])(
  'an article is found by its number as people write it: %s',
  (typed) => {
    for (const library of [index, full])
      expect(searchCards(library, known, typed, ON).map(({ title }) => title)).toContain(
        '安全生产法 第三十六条',
      )
  },
)

test('of clauses typed one by one each is 待核对 where only the typing says it', () => {
  const cards = searchCards(index, [], '安全生产法 第36条、38', ON)
  expect(cards.map(({ title, standing }) => [title, standing])).toEqual([
    ['安全生产法 第三十六条', 'unchecked'],
    ['安全生产法 第三十八条', 'unchecked'],
  ])
  expect(searchCards(index, [], '安全生产法 2021', ON)).toEqual([])
})

test('a version not yet in force says so', () => {
  expect(cardsOf(index, [CLAUSE], '2021-08-31')[0]?.standing).toBe('not_yet')
})

test('screens say the short title, papers the full one', () => {
  expect(wordsOf(index.laws, CLAUSE)).toBe('《安全生产法》第三十六条第三款')
  expect(wordsOf(index.laws, CLAUSE, true)).toBe('《中华人民共和国安全生产法》第三十六条第三款')
})

test('the words searched for are set apart and nothing is lost', () => {
  const found = pieces('不得关闭报警设备', '关闭 报警')
  expect(found.map((piece) => piece.text).join('')).toBe('不得关闭报警设备')
  expect(found.filter((piece) => piece.marked).map((piece) => piece.text)).toEqual(['关闭', '报警'])
})
