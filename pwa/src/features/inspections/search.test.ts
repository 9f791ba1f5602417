/** One search over everything: groups in a fixed order, nothing where nothing was found. */

import type { Enterprise, Officer } from '@contract/records'
import { expect, test } from 'vitest'

import type { Store } from '@/store/types'

import { carriedDossiers, placeOfLine, searchAll, type Sources } from './search-views'

const enterprise = (id: string, name: string, address = ''): Enterprise => {
  return { id, code: id, name, short_name: '', address, section: 'whk', sector: 'trade' }
}
/** As a register carries it: whoever serves has no `active` of his own. */
const officer = (name: string, change: Partial<Officer> = {}): Officer =>
  ({ id: name, name, section: 'whk', section_name: '危化科', phone: '0994-1', roles: [], ...change })
const LAW = { id: 'aq', title: '危化品安全法', short: '危化品安全法', in_force: '2020-01-01' }
const sources: Sources = {
  enterprises: [
    enterprise('1', '启明精细化工', '延安北路 8 号'),
    ...Array.from({ length: 9 }, (_, at) => enterprise(`9${at}`, `危化企业${at}`)),
  ],
  officers: [officer('李㛃'), officer('已离岗', { active: false })],
  library: {
    laws: [],
    texts: [
      {
        law: { ...LAW, source: '', until: null, unchecked: [], numbering: 'articles' },
        articles: [{ number: 1, heading: '', paragraphs: [{ text: '储存危化品应当登记。', items: [] }] }],
      },
    ],
  },
  dossiers: [],
}
const kinds = (words: string): readonly string[] =>
  searchAll(sources, words, '2026-01-01').map(({ kind }) => kind)

test('an enterprise is found by a fragment of its name and by its address', () => {
  expect(kinds('精细')).toEqual(['enterprise'])
  expect(kinds('延安北路')).toEqual(['enterprise'])
})

test('a long group shows its first lines and says how many more there are', () => {
  const [group] = searchAll(sources, '危化企业', '2026-01-01')
  expect([group?.lines.length, group?.more]).toEqual([6, 3])
})

test('colleagues who serve are found by name and section, and lead nowhere', () => {
  expect(kinds('李㛃')).toEqual(['person'])
  expect(kinds('已离岗')).toEqual([])
  expect(placeOfLine({ kind: 'person', id: 'x', title: '', note: '' }, false)).toBeNull()
})

test('a line leads to its page on the phone and at the desk', () => {
  const law = { kind: 'law' as const, id: 'aq@2020-01-01#1', title: '', note: '' }
  expect(placeOfLine(law, false)).toMatchObject({ name: 'field.law', params: { law: 'aq' } })
  expect(placeOfLine(law, true)).toMatchObject({ name: 'desk.law', query: { since: '2020-01-01' } })
})

test('an address says ids and no word of what it leads to', () => {
  for (const kind of ['enterprise', 'dossier', 'law', 'person'] as const)
    for (const desk of [false, true]) {
      const place = placeOfLine({ kind, id: 'x@2020-01-01#1', title: '启明', note: '延安北路' }, desk)
      expect(JSON.stringify(place)).not.toMatch(/启明|延安北路/)
    }
})

test('without a word nothing is listed', () => expect(kinds('  ')).toEqual([]))

test('a number finds every paper of the dossier that bears it', () => {
  const papers = ['检记〔2026〕41号', '责改〔2026〕41号', '检记〔2026〕7号'].map((text) => ({ values: { text } }))
  const visit = [{ values: { unit: { name: '启明' }, planned_for: '2026-09-18' } }]
  const store = {
    dossiers: () => ['d1'],
    records: (_: string, entity: string) => (entity === 'inspection' ? visit : papers),
  } as unknown as Store
  const note = (words: string): string | undefined => carriedDossiers(store, words)[0]?.note
  expect(note('41号')).toBe('检记〔2026〕41号、责改〔2026〕41号')
  expect([note('启明'), note('99号')]).toEqual(['2026-09-18', undefined])
})
