/** A cited version that has ended: what the officer is shown beside it. */

import { expect, test } from 'vitest'

import type { PackValue } from '@contract/records'

import { chaptersOf, lawLines, lineOf } from './reading-views'
import { renewalOf, renewalsOf } from './renewal'
import { libraryOf, searchable, searchCards } from './views'

const law = (in_force: string): Record<string, string> => ({
  id: 'aq',
  title: '示例安全法',
  short: '安全法',
  in_force,
  source: 'test',
})
const OLD = `第一章 总则
第三十八条 生产经营单位应当建立事故隐患排查治理制度，采取措施消除事故隐患。
第三十九条 不得占用、锁闭出口。`
const NEW = `第一章 总则
第四十条 出口应当保持畅通。
第四十一条 生产经营单位应当建立并落实事故隐患排查治理制度，采取措施及时消除事故隐患。`

function row(since: string, text: string): [string, PackValue] {
  const id = `aq@${since}`
  const json = JSON.stringify({ law: law(since), text })
  return [id, { id, json, source: '', in_force: since }]
}

const library = libraryOf(new Map(), new Map([row('2014-12-01', OLD), row('2021-09-01', NEW)]))
const CITED = 'aq@2014-12-01#38'

test('the clause of the newer version is found by its words, not by its number', () => {
  const renewal = renewalOf(library, CITED, '2026-01-01')
  expect(renewal?.standing).toBe('superseded')
  expect(renewal?.cited.text).toContain('采取措施消除')
  expect(renewal?.newer?.citation).toBe('aq@2021-09-01#41')
})

test('while the version was in force there is nothing to warn of', () => {
  expect(renewalOf(library, CITED, '2021-08-31')).toBeNull()
  expect(renewalsOf(library, ['aq@2021-09-01#41', 'nonsense'], '2026-01-01')).toEqual([])
})

test('a rule the newer version dropped has no successor', () => {
  const text = '第一条 完全不同的内容。'
  const other = libraryOf(new Map(), new Map([row('2014-12-01', OLD), row('2021-09-01', text)]))
  expect(renewalOf(other, 'aq@2014-12-01#39', '2026-01-01')?.newer).toBeNull()
})

test('a law that ended without a successor is 已废止', () => {
  const ended = [{ ...law('2014-12-01'), until: '2020-01-01' }]
  const packs = new Map([
    ['table.law', { id: 'table.law', json: JSON.stringify(ended), source: '', in_force: '' }],
  ])
  const alone = libraryOf(packs, new Map())
  expect(renewalOf(alone, CITED, '2026-01-01')).toMatchObject({ standing: 'repealed', newer: null })
})

test('the library shows a law once, by the version in force, and switches between versions', () => {
  const [line] = lawLines(library, '2026-01-01')
  expect(line).toMatchObject({ standing: 'in_force', articles: 2 })
  expect(line?.versions.map(({ in_force }) => in_force)).toEqual(['2021-09-01', '2014-12-01'])
  expect(lineOf(library, 'aq', '2026-01-01', '2014-12-01')?.standing).toBe('superseded')
  expect(lineOf(library, 'nobody', '2026-01-01')).toBeNull()
})

test('articles stand under their chapter', () => {
  const [chapter] = chaptersOf(library.texts[0]?.articles ?? [])
  expect([chapter?.heading, chapter?.articles.length]).toEqual(['第一章 总则', 2])
})

test('a search shows what is in force before what has ended', () => {
  expect(searchable(library, '2026-01-01').map((one) => one.law.in_force)).toEqual([
    '2021-09-01',
    '2014-12-01',
  ])
  const cards = searchCards(library, [], '隐患', '2026-01-01')
  expect(cards.map(({ standing }) => standing)).toEqual(['in_force', 'superseded'])
  expect(searchCards(library, [], '隐患', '2026-01-01', 'other')).toEqual([])
})
