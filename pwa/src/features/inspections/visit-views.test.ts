/** What the screens of a visit say of its records. */

import { describe, expect, test } from 'vitest'

import type { Law } from '@/features/law/public'

import { afterEnd, startingClocks } from './ending'
import { outdatedWords, untold } from './exchange-views'
import {
  blankFault,
  causeFault,
  dueFault,
  lockWords,
  mayWrite,
  nextStep,
  PARTS,
  quickDays,
} from './finding-views'
import type { Held, View } from './model'
import { placeOf, recordPlace } from './places'
import { lacks, STAGES } from './rules'
import { composeSituation } from './situation'
import {
  checkRows,
  coachLines,
  findingRows,
  handlingWords,
  lockedBy,
  nextOpen,
  opinionOf,
  tally,
  timeWords,
  withinReach,
} from './visit-views'

const MADE = { created: 1_789_700_000_000, device: 'phone' }
const LAW: Law = {
  id: 'aqscf',
  title: '中华人民共和国安全生产法',
  short: '安全生产法',
  in_force: '2021-09-01',
  source: '',
  until: null,
  unchecked: [],
  numbering: 'articles',
}
const COMPLETE: Held<'finding'> = {
  ...MADE,
  id: 'f1',
  problem: '报警器GT-204被关闭。',
  place: '2号罐区',
  basis: ['aqscf@2021-09-01#36.3'],
  cause: '误报没有查明',
  measure: '恢复报警',
  dispositions: ['order'],
  rectify_by: { due: '2026-09-28', rule: 'D09' },
}

function check(id: string, order: number, result = ''): Held<'check'> {
  return { ...MADE, id, order, title: `第${order}项`, result }
}

const CHECKS = [check('c3', 3), check('c1', 1, 'conforms'), check('c2', 2, 'problem')]
const VIEW: View = { check: CHECKS, finding: [COMPLETE], today: '2026-09-18' }

describe('the checklist', () => {
  test('stands in the order of the list and counts every answer once', () => {
    const rows = checkRows(VIEW)
    expect(rows.map((row) => row.id)).toEqual(['c1', 'c2', 'c3'])
    expect(tally(rows)).toEqual({ open: 1, conforms: 1, problem: 1, not_applicable: 0 })
  })

  test('goes on after the item just seen, then from the top', () => {
    const rows = checkRows({ check: [check('c1', 1), check('c2', 2, 'conforms'), check('c3', 3)] })
    expect(nextOpen(rows, 1)?.id).toBe('c3')
    expect(nextOpen(rows, 3)?.id).toBe('c1')
  })
})

describe('a finding', () => {
  test('complete in law leads nowhere further', () => {
    expect(nextStep(VIEW, 'f1')).toBeNull()
    expect(findingRows(VIEW)[0]?.lacking).toBe(0)
    expect(handlingWords(COMPLETE)).toBe('限期整改 9月28日')
  })

  test.each([
    ['measure', '去写整改措施建议', { measure: ' ' }],
    ['basis', '去选判定依据', { basis: [] }],
    ['dispositions', '去选怎么处理', { dispositions: [] }],
    ['rectify_by', '去定整改期限', { rectify_by: null }],
    ['evidence', '去拍改正前后的照片', { dispositions: ['corrected'] }],
  ] as const)('S4-11: without %s the button says %s', (part, words, fields) => {
    const finding = { ...COMPLETE, ...fields } as Held<'finding'>
    expect(nextStep({ ...VIEW, finding: [finding] }, 'f1')).toEqual({ part, words })
  })

  test.each([
    ['problem', '去填存在的问题', 0],
    ['cause', '去填产生原因', 1],
    ['measure', '去填整改措施建议', 1],
  ] as const)('S4-11: a blank left in %s is not written yet', (field, words, lacking) => {
    const finding = { ...COMPLETE, [field]: '____处报警器没有投用' }
    expect(nextStep({ ...VIEW, finding: [finding] }, 'f1')?.words).toBe(words)
    expect(findingRows({ finding: [finding] })[0]?.lacking).toBe(lacking)
    expect(blankFault(finding[field])).toContain('有空没填')
    expect(causeFault({ ...COMPLETE, cause: '____没有巡查' })).toContain('有空没填')
  })

  test('S4-11: a cause that repeats the problem is no cause', () => {
    const copied = { ...COMPLETE, cause: ` ${COMPLETE.problem}` }
    expect(causeFault(copied)).toBe('原因不能照抄问题，写写为什么会这样。')
    expect(findingRows({ finding: [copied] })[0]?.lacking).toBe(1)
    expect(causeFault(COMPLETE)).toBe('')
  })

  describe('once a paper that bears it is fixed', () => {
    const draft = [
      { ...MADE, id: 'd1', kind: 'site_inspection_record', about: ['f1'] },
      { ...MADE, id: 'd2', kind: 'rectification_order', about: ['f1'] },
    ]
    const number = (id: string): Held<'number'> => ({ ...MADE, id: `n.${id}`, draft: id, serial: 37 })
    const paper = (id: string): Held<'document'> => ({ ...MADE, id: `p.${id}`, draft: id })
    const unwritten = { ...COMPLETE, measure: '', evidence: [] }

    test('is locked by each paper from its number on, and free again once that is given up', () => {
      const locks = (more: View): unknown => lockedBy({ ...VIEW, draft, ...more }, 'f1')
      expect(locks({})).toEqual([])
      expect(locks({ number: [number('d1')] })).toEqual([
        { draft: 'd1', kind: 'site_inspection_record', serial: '37号', issued: false },
      ])
      expect(locks({ number: [number('d2')], document: [paper('d2')] })).toEqual([
        { draft: 'd2', kind: 'rectification_order', serial: '37号', issued: true },
      ])
      const given = { reason: '写错', at: 1 }
      expect(locks({ number: [{ ...number('d1'), void: given }] })).toEqual([])
      const voided = { number: [{ ...number('d2'), void: given }], document: [{ ...paper('d2'), void: given }] }
      expect(locks(voided)).toEqual([])
    })

    test.each([
      ['no paper', COMPLETE, [], PARTS],
      ['the record, all written', COMPLETE, ['d1'], ['evidence']],
      ['the record, no measure yet', unwritten, ['d1'], ['measure', 'evidence']],
      ['record and order', unwritten, ['d1', 'd2'], []],
    ])('under %s it takes only what the order still wants', (_, finding, fixed, parts) => {
      const view = { ...VIEW, finding: [finding], draft, number: fixed.map(number) }
      expect(PARTS.filter((part) => mayWrite(view, 'f1', part))).toEqual(parts)
    })

    test('says which paper, and what frees it', () => {
      const fixed = { draft: 'd1', kind: '', serial: '37号', issued: false }
      expect(lockWords(fixed, '现场检查记录')).toBe(
        '已写进 37号 现场检查记录，不能改。要改先到文书上改内容，再重新定稿、签名。',
      )
      expect(lockWords({ ...fixed, issued: true }, '指令书')).toBe(
        '已写进 37号 指令书，不能改。要改先作废重开。',
      )
    })
  })

  test.each([
    ['2026-09-17', false],
    ['2026-09-18', true],
    ['2027-09-18', true],
    [null, true],
  ])('may be due on %s: %s', (day, may) => {
    expect(dueFault(day, '2026-09-18') === '').toBe(may)
  })

  test('is free again for a new order once a recheck found it mended in part', () => {
    const draft = [{ ...MADE, id: 'd1', about: ['f1'] }]
    const facts = JSON.stringify({ problems: [{ number: 1, text: 'x', due: '2026-09-28' }] })
    const order = { ...MADE, id: 'p1', draft: 'd1', kind: 'rectification_order', issued: 1, facts }
    const items = [{ finding: 'f1', result: 'partly' }]
    const recheck = [{ ...MADE, id: 'r1', order: 'p1', ended: 2, items }]
    expect(lockedBy({ draft, document: [order], recheck }, 'f1')).toEqual([])
    const drafts = [...draft, { ...MADE, id: 'd2', about: ['f1'] }]
    const number = [{ ...MADE, id: 'n2', draft: 'd2', serial: 2 }]
    const fixed = { draft: drafts, document: [order], number, recheck }
    expect(lockedBy(fixed, 'f1').map((each) => each.draft)).toEqual(['d2'])
    const anew = { ...order, id: 'p2', draft: 'd2', issued: 3 }
    const both = { ...fixed, document: [order, anew] }
    expect(lockedBy(both, 'f1').map((each) => each.draft)).toEqual(['d1', 'd2'])
  })

  test('may be set to the usual days, over the end of a month', () => {
    expect(quickDays('2026-09-25').map(({ day }) => day)).toEqual([
      '2026-09-25',
      '2026-09-28',
      '2026-10-05',
      '2026-10-25',
    ])
  })
})

describe('the coach', () => {
  test('every line of every stage leads to a place', () => {
    for (const row of STAGES) {
      const lack = { ...row, level: 'duty' as const, record: 'f1' }
      expect(placeOf(VIEW, 'd', lack), row.id).toHaveProperty('name')
    }
  })

  test('speaks of papers once the visit has ended: none can be signed before', () => {
    const papers = (ended?: number) => {
      const inspection = [{ ...MADE, id: 'i1', started: 1, ...(ended && { ended }) }]
      const view: View = { ...VIEW, inspection }
      const shown = withinReach(lacks(STAGES, 'leave', view), view)
      expect(shown.length).toBeGreaterThan(0)
      return shown.filter(({ go }) => go.startsWith('document:')).map(({ id }) => id)
    }
    expect(papers()).toEqual([])
    expect(papers(2)).toEqual(['ST34', 'ST35', 'ST36'])
  })

  test('sets the object apart and gives two findings two lines', () => {
    const bare = { ...COMPLETE, measure: '' }
    const view = { ...VIEW, finding: [bare, { ...bare, id: 'f2' }] }
    const lines = coachLines(lacks(STAGES, 'end', view)).filter((l) => l.object === '整改措施建议')
    expect(lines.map((line) => line.lead)).toEqual(['问题 1 没写', '问题 2 没写'])
    expect(new Set(lines.map((line) => line.id)).size).toBe(2)
  })

  test('leads from a word the record lacks to where it is written, the person to step ④', () => {
    const to = (path: string) => recordPlace(VIEW, 'd', path)
    const params = { id: 'd' }
    const reception = { name: 'visit.arrive', params, query: { at: 'reception' } }
    expect(to('party.post')).toEqual(reception)
    expect(to('unit.address')).toEqual({ name: 'visit.record', params, query: { at: 'unit' } })
    expect(to('situation.0')).toMatchObject({ query: { at: 'situation' } })
  })

  test('leads from two versions to the register that has them', () => {
    const view = { finding: [{ ...COMPLETE, conflicts: ['cause'] }] }
    const lack = lacks(STAGES, 'record', view).find((each) => each.go === 'conflicts')
    expect(lack && placeOf(view, 'd', lack)).toEqual({
      name: 'field.conflict',
      params: { id: 'd~finding~f1~cause' },
    })
  })
})

describe('S4-12b: an opinion', () => {
  const { problem = '', measure = '' } = COMPLETE
  const said = (id: string, fields: object): Held<'exchange'> => {
    return { ...MADE, id, finding: 'f1', agreed: true, ...fields }
  }
  const fits = said('e1', { read: { problem, measure } })
  const before = said('e2', { read: { problem: '别的话', measure } })
  const unmeasured = said('e3', { read: { problem, measure: '' } })
  const objection = said('e4', { agreed: false, read: { problem, measure } })

  test.each([
    ['nothing said', [], undefined, 1, ''],
    ['to the words as they are', [fits], 'e1', 0, ''],
    ['without the words it was given to', [said('e5', {})], 'e5', 0, ''],
    ['before the problem was rewritten', [before], undefined, 1, '认可'],
    ['before the measure was written', [unmeasured], undefined, 1, '认可'],
    ['before, and again after', [before, fits], 'e1', 0, ''],
    ['against it, without words', [fits, objection], 'e4', 1, ''],
    ['against it, in words', [{ ...objection, words: '是检修' }], 'e4', 0, ''],
  ])('%s', (_, exchange, standing, left, once) => {
    const view = { ...VIEW, exchange }
    expect(opinionOf(view, COMPLETE)?.id).toBe(standing)
    expect(untold(view)).toBe(left)
    expect(outdatedWords(view, COMPLETE).includes(`“${once}”`)).toBe(once !== '')
  })

  test('is not printed for a finding that was rewritten after it', () => {
    const talk = (...exchange: Held<'exchange'>[]): string => {
      return composeSituation({ ...VIEW, exchange }, [LAW]).slice(3).join()
    }
    expect(talk(fits)).toContain('对问题1没有异议')
    expect(talk(before)).toBe('')
    expect(talk(objection)).toContain('对问题1提出异议。')
  })
})

describe('检查情况', () => {
  test('says in words that nothing was found', () => {
    expect(composeSituation({ check: [check('c1', 1, 'conforms')] }, [])).toEqual([
      '按检查表对现场的1个事项进行了检查，其中符合1项。',
      '检查未发现问题。',
    ])
  })

  test('names place, problem, full title of the law, and what follows', () => {
    const exchange = [{ ...MADE, id: 'e', finding: 'f1', agreed: false, words: '是检修。' }]
    const [, , finding, talk] = composeSituation({ ...VIEW, exchange }, [LAW])
    expect(finding).toBe(
      '1．2号罐区：报警器GT-204被关闭。依据《中华人民共和国安全生产法》第三十六条第三款。责令限期整改。',
    )
    expect(talk).toBe('检查人员与被检查单位交换了意见，被检查单位对问题1提出异议：是检修。')
  })
})

describe('the end of the visit', () => {
  const rule = {
    id: 'D03',
    title: '移交支队',
    trigger: 'punishable_inspection_ended',
    unit: 'working_day',
    length: 3,
    on: [],
    direction: 'after',
    roll: false,
    last_moment: 'midnight',
    lead_times: [],
  }
  const calendar = { region: 'x', fixed_days_off: [], years: [], local: [], office: {} }
  const pack = (id: string, value: unknown) => {
    return [id, { id, json: JSON.stringify(value), source: '', in_force: '' }] as const
  }
  const packs = new Map([pack('table.clock', [rule]), pack('calendar', calendar)])
  const ended = Date.parse('2026-09-17T11:52:00+08:00')

  test('lists what leaving wants besides, each once, and not the end itself', () => {
    const view: View = { ...VIEW, inspection: [{ ...MADE, id: 'i1', started: 1 }] }
    const now = lacks(STAGES, 'end', view).map(({ id }) => id)
    const later = afterEnd(view).map(({ id }) => id)
    expect(later).toEqual(expect.arrayContaining(['ST29', 'ST34', 'ST35', 'ST36']))
    expect(later.filter((id) => now.includes(id) || id === 'ST26')).toEqual([])
  })

  test('starts the clock of a transfer, over the week end, provisional without a calendar', () => {
    const view = { finding: [{ ...COMPLETE, dispositions: ['order', 'transfer'] }] }
    expect(startingClocks(view, packs, ended)).toEqual([
      { rule: 'D03', words: '移交支队 3 个工作日 → 9月22日（周二）', provisional: true },
    ])
  })

  test('starts none where nothing is to be handed over', () => {
    expect(startingClocks(VIEW, packs, ended)).toEqual([])
  })

  test('tells the time of China', () => {
    expect(timeWords(ended)).toBe('11:52')
  })
})
