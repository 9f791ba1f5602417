import { describe, expect, it } from 'vitest'

import type { View } from '@/features/inspections/public'

import { outcomeWords, requestedDay, requestLines } from './requests'
import { feedbackOf, feedbackWords } from './views'

const MADE = { created: 1, device: 's' }
const FACTS = JSON.stringify({ problems: [{ number: 1, text: '报警器关闭', due: '2026-10-08' }] })

/** An order of one item, reported on twice; a recheck lies between. */
function held(rest: Partial<View> = {}): View {
  return {
    today: '2026-10-01',
    draft: [{ ...MADE, id: 'd1', about: ['f1'] }],
    document: [
      { ...MADE, id: 'w1', kind: 'rectification_order', draft: 'd1', facts: FACTS, issued: 1 },
    ],
    recheck: [{ ...MADE, id: 'r1', order: 'w1', started: 40, ended: 50, items: [] }],
    feedback: [
      { ...MADE, id: 'b1', order: 'w1', finding: 'f1', words: '改了一半', at: 10 },
      { ...MADE, id: 'b2', order: 'w1', finding: 'f1', words: '已恢复。', photos: ['p', 'q'], at: 60 },
    ],
    ...rest,
  } as View
}

describe('what an enterprise sends (S3-5.1)', () => {
  it('shows all of it at the recheck, with its photos, the newest last', () => {
    expect(feedbackOf(held(), 'w1').map(feedbackWords)).toEqual([
      '企业说：改了一半',
      '企业说：已恢复，附照片 2 张',
    ])
  })

  it('reads a request at the desk with the item it is about', () => {
    const by = { name: '周启明', phone: '13900001111' }
    const asked = { ...MADE, id: 'x1', order: 'w1', findings: ['f1'], until: '2026-11-01', by }
    const view = held({ extension: [{ ...asked, reason: '等备件' }] } as Partial<View>)
    expect(requestedDay(view, 'x1')).toBe('2026-11-01')
    expect(requestLines(view, 'x1')).toEqual([
      ['第 1 项', '报警器关闭'],
      ['现在的期限', '10月8日（周四）'],
      ['申请延到', '11月1日（周日）'],
      ['理由', '等备件'],
      ['谁申请的', '周启明 · 13900001111'],
    ])
  })

  it('says what came of a request: who answered, when and what', () => {
    const at = Date.UTC(2026, 9, 2, 2, 31)
    const given = { ...MADE, id: 'a1', act: 'extend', of: 'x1', at, answer: 'yes', until: '2026-11-01' }
    const by = { officer: 'o', name: '古丽娜尔·艾山' }
    const told = (approval: object): string =>
      outcomeWords(held({ approval: [{ ...given, by, ...approval }] } as Partial<View>), 'x1', at)
    expect(told({})).toBe('古丽娜尔·艾山 10月2日 10:31 同意延期，延到 11月1日（周日）。')
    expect(told({ answer: 'no', until: '', words: '备件有货' })).toBe(
      '古丽娜尔·艾山 10月2日 10:31 不同意延期：备件有货',
    )
    expect(told({ of: 'x2' })).toBe('')
  })

  it('a feedback is settled by the recheck after it', () => {
    expect(outcomeWords(held(), 'b1', 60)).toBe('1月1日 08:00 复查过，已经办结。')
    expect(outcomeWords(held(), 'b2', 60)).toBe('')
  })

  it('has no day and no lines for a record it does not hold', () => {
    expect(requestedDay(held(), 'none')).toBeNull()
    expect(requestLines(held(), 'none')).toEqual([])
  })
})
