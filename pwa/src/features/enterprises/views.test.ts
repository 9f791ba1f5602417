import type { Enterprise } from '@contract/records'
import { expect, test } from 'vitest'

import { enterpriseByCode, searchEnterprises, sectorTitle } from './views'

const row = (code: string, name: string, short_name = ''): Enterprise => {
  return { id: code, code, name, short_name, section: 'whk', sector: 'hazardous_chemicals' }
}
const QIMING = row('91652301MA0001181J', '昌吉启明精细化工有限公司', '启明精细化工')
const HONGTAI = row('91652301MA00098N0F', '昌吉市宏泰气体充装站')
const ROWS = [QIMING, HONGTAI]

test.each([
  ['part of a name', '宏泰', [HONGTAI]],
  ['two words, both must stand', '昌吉 气体', [HONGTAI]],
  ['a code in small and full-width letters', 'ｍａ0001181j', [QIMING]],
  ['a name nobody bears', '天山', []],
])('%s', (_, text, found) => expect(searchEnterprises(ROWS, text)).toEqual(found))

test('a name comes before a code, a code before an address; the address counts too', () => {
  const near = { ...row('91650000MA00000001', '阜康天山煤业', ''), address: '昌吉市延安北路 8 号' }
  expect(searchEnterprises([near, HONGTAI, QIMING], '延安北路')).toEqual([near])
  expect(searchEnterprises([near, QIMING, HONGTAI], '昌吉').at(-1)).toBe(near)
})

test('a row taken back from the register is found by nobody', () => {
  const back = [{ ...QIMING, withdrawn: true }, HONGTAI]
  expect(searchEnterprises(back, '')).toEqual([HONGTAI])
  expect(enterpriseByCode(back, QIMING.code)).toBeNull()
})

test('without a word all are listed, and a long register only in part', () => {
  expect(searchEnterprises(ROWS, ' ')).toHaveLength(2)
  const many = Array.from({ length: 200 }, (_, at) => row(`${at}`, `企业${at}`))
  expect(searchEnterprises(many, '企业')).toHaveLength(60)
})

test('a code finds its one enterprise', () => {
  expect(enterpriseByCode(ROWS, QIMING.code)).toBe(QIMING)
  expect(enterpriseByCode(ROWS, '91652301MA000RPK3E')).toBeNull()
})

test('a sector is titled by the pack', () => {
  const json = JSON.stringify([{ id: 'fireworks', title: '烟花爆竹' }])
  const packs = new Map([['table.sector', { id: 'table.sector', json, source: '', in_force: '' }]])
  expect(sectorTitle(packs, 'fireworks')).toBe('烟花爆竹')
  expect(sectorTitle(packs, 'mining')).toBe('')
})
