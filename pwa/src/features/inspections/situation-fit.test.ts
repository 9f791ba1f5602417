/** 检查情况 against what it tells of. */

import { describe, expect, test } from 'vitest'

import type { Held, View } from './model'
import { composeSituation } from './situation'
import { misfits, situationLack } from './situation-fit'

const MADE = { created: 1_789_700_000_000, device: 'phone' }
const FINDING: Held<'finding'> = {
  ...MADE,
  id: 'f1',
  problem: '报警器被关闭。',
  place: '2号罐区',
  measure: '恢复报警',
  dispositions: ['order'],
}
const VIEW: View = {
  check: [
    { ...MADE, id: 'c1', order: 1, result: 'conforms' },
    { ...MADE, id: 'c2', order: 2, result: 'problem' },
  ],
  finding: [FINDING],
  exchange: [
    { ...MADE, id: 'e', finding: 'f1', agreed: true, read: { problem: '报警器被关闭。', measure: '恢复报警' } },
  ],
}
const COMPOSED = composeSituation(VIEW, []).join('\n')

function written(situation: string, changed: View = {}): View {
  return { ...VIEW, ...changed, inspection: [{ ...MADE, id: 'i', situation }] }
}

function changed(fields: Partial<Held<'finding'>>): View {
  return { finding: [{ ...FINDING, ...fields }] }
}

describe('检查情况', () => {
  test('fits what it was composed of, and is not asked for where nothing is written', () => {
    expect(misfits(written(COMPOSED))).toEqual([])
    expect(misfits(written(''))).toEqual([])
  })

  test.each<readonly [string, View, readonly string[]]>([
    [
      'an answer changed',
      { check: VIEW.check?.map((each) => ({ ...each, result: 'problem' })) ?? [] },
      ['写了“符合1项”，检查表上是 0 项。', '写了“有问题1项”，检查表上是 2 项。'],
    ],
    [
      'a problem more',
      { finding: [FINDING, { ...FINDING, id: 'f2', created: MADE.created + 1 }] },
      ['写了1个问题，现在有 2 个。'],
    ],
    [
      'the problem rewritten',
      changed({ problem: '报警器失灵' }),
      ['第1个问题后来改过。', '写了对问题1没有异议，现在没有这样的意见。'],
    ],
    ['another place', changed({ place: '泵房' }), ['第1个问题后来改过。']],
    ['handled otherwise', changed({ dispositions: ['corrected'] }), ['第1个问题后来改过。']],
    [
      'the measure rewritten after the talk',
      changed({ measure: '更换报警器' }),
      ['写了对问题1没有异议，现在没有这样的意见。'],
    ],
  ])('says so: %s', (_, view, sentences) => {
    expect(misfits(written(COMPOSED, view))).toEqual(sentences)
  })

  test('does not judge the words of the officer himself', () => {
    expect(misfits(written('查了罐区，符合要求的不多，不符合3项。'))).toEqual([])
    expect(misfits(written(`${COMPOSED}\n另：企业当天检修。`))).toEqual([])
  })

  test('that nothing was found does not stand beside a finding', () => {
    expect(misfits(written('检查未发现问题。'))).toEqual(['写了“检查未发现问题”，现在有 1 个。'])
  })

  test('is named by the coach until the record is issued', () => {
    const wrong = written('检查未发现问题。')
    expect(situationLack(wrong).map(({ go }) => go)).toEqual(['inspection:situation'])
    expect(situationLack(written(COMPOSED))).toEqual([])
    const issued = [{ ...MADE, id: 'p', kind: 'site_inspection_record' }]
    expect(situationLack({ ...wrong, document: issued })).toEqual([])
  })
})
