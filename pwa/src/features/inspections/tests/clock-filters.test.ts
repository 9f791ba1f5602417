/** Which clocks the board shows, and the table that is handed on. */

import { expect, test } from 'vitest'

import { chosenCards, chosenIn, clockTable } from '../clock-filters'
import type { DueCard } from '../desk-views'

function card(id: string, change: Partial<DueCard> = {}): DueCard {
  const blank = { dossier: '', unit: '', officers: '', left: '', day: '', told: '', dueMs: 0 }
  const whose = { rule: 'D10', title: 'D10 复查', section: 'whk', officerIds: ['lijie', 'nurlan'] }
  return { id, ...blank, ...whose, late: false, ...change }
}

const CARDS = [
  card('one'),
  card('two', { rule: 'D03', title: 'D03 移交' }),
  card('three', { section: 'gmk', officerIds: ['wangyi'] }),
]

test.each([
  [{}, 'one,two,three'],
  [{ section: 'whk' }, 'one,two'],
  [{ section: 'whk', rule: 'D10' }, 'one'],
  [{ officer: 'wangyi' }, 'three'],
  [{ officer: 'wangyi', section: 'whk' }, ''],
  [{ view: 'month', rule: '' }, 'one,two,three'],
])('the address %j shows %s', (query, shown) => {
  expect(chosenCards(CARDS, chosenIn(query)).map(({ id }) => id).join()).toBe(shown)
})

test('a table is handed on with its titles, quoted, and no cell is a formula', () => {
  const odd = card('odd', { left: '逾期 1 天', unit: '丰裕"面粉",二厂', officers: '=1+1' })
  expect(clockTable([odd])).toBe(
    '\uFEFF"还剩","事项","企业","承办人","日期","提醒"\r\n' +
      '"逾期 1 天","D10 复查","丰裕""面粉"",二厂","\'=1+1","",""\r\n',
  )
})
