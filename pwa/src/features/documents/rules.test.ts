/** The exact text of a paper, and what it lacks. */

import { describe, expect, test } from 'vitest'

import vectors from '../../../../sync/vectors/facts.json'

import type { Content, Hands, Issue, RefusalForm, Strokes } from './model'
import {
  blanks,
  canonical,
  contentText,
  factsText,
  fieldWith,
  numbersLeft,
  pagesOf,
  refusalLack,
  refusalSentence,
  rendererOf,
  stepOf,
} from './rules'

interface Case {
  readonly name: string
  readonly content: Content
  readonly hands: Omit<Hands, 'officers'> & { readonly officers: readonly [string, Strokes][] }
  readonly issue: Issue
  readonly text: string
}

const CASES = vectors.cases as unknown as readonly Case[]
const INK: Strokes = [[[0, 0], [900, 300]]]
const FORM: RefusalForm = {
  reason: '对问题有异议',
  words: '',
  witnessed: true,
  witness: { name: '王芳', unit: '中山路街道', phone: '13900000000' },
  witnessStrokes: INK,
}
const [FIRST] = CASES
if (FIRST === undefined) throw new Error('no vectors')
const RECORD = FIRST.content

describe('the text of a paper', () => {
  test.each(CASES)('$name: to the byte as the printing package writes it', (each) => {
    const hands = { ...each.hands, officers: new Map(each.hands.officers) }
    expect(factsText(each.content, hands, each.issue)).toBe(each.text)
  })

  test('what is signed does not depend on the order in which it was composed', () => {
    const turned = Object.fromEntries(Object.entries(RECORD).reverse()) as unknown as Content
    expect(contentText(turned)).toBe(contentText(RECORD))
  })

  test('lists keep their order, names do not', () => {
    const text = '{"a":{"c":"二","d":null},"b":[2,1]}'
    expect(canonical({ b: [2, 1], a: { d: null, c: '二' } })).toBe(text)
  })

  test('a control character and a blank end never reach a paper', () => {
    const pasted = { ...RECORD, place: ' 2号罐区\t\u0007 ' }
    expect((JSON.parse(contentText(pasted)) as { place: string }).place).toBe('2号罐区')
  })
})

describe('what a paper lacks', () => {
  test('nothing where every word stands; what may be unknown is null', () => {
    expect(CASES.flatMap(({ content }) => blanks(content))).toEqual([])
  })

  test('a blank word is named, in the unit and on the paper itself', () => {
    const unit = { ...(RECORD.unit as object), address: ' ' }
    const lacking = { ...RECORD, unit, place: '', party: { name: '周启明', post: '' } }
    expect(blanks(lacking).map(({ words }) => words)).toEqual(
      expect.arrayContaining(['被检查单位的地址', '检查场所', '被检查单位在场的人的职务']),
    )
  })

  test('S3-4.2d: one officer is not enough', () => {
    expect(blanks({ ...RECORD, officers: RECORD.officers.slice(1) })).toEqual([
      { path: 'officers', words: '两名持证执法人员' },
    ])
  })

  test('安全生产法 68: a refusal wants a reason, and a witness who signs or a photo', () => {
    expect(refusalLack(FORM, 0)).toBeNull()
    expect(refusalLack({ ...FORM, reason: '' }, 0)).toBe('写明拒签的原因')
    expect(refusalLack({ ...FORM, reason: '其他' }, 0)).toBe('写明拒签的原因')
    expect(refusalLack({ ...FORM, witnessStrokes: null }, 0)).toContain('见证人还没签名')
    const alone = { ...FORM, witnessed: false, witnessStrokes: null }
    expect(refusalLack(alone, 0)).toBe('没有见证人，要有一张留置照片')
    expect(refusalLack(alone, 1)).toBeNull()
  })

  test('a witness who is not named or has not signed does not pass, not even with a photo', () => {
    const nameless = { ...FORM, witness: { ...FORM.witness, phone: '' } }
    expect(refusalLack(nameless, 1)).toContain('写明见证人的姓名、单位和电话')
    expect(refusalLack({ ...FORM, witnessStrokes: null }, 1)).toContain('见证人还没签名')
  })

  test('the sentence says who saw it and what was left', () => {
    expect(refusalSentence('被检查单位负责人', '周启明', FORM, true)).toBe(
      '被检查单位负责人周启明拒绝签字，理由：对问题有异议。' +
        '见证人：王芳（中山路街道，电话13900000000）。文书已留置在现场。',
    )
  })

  test('the sentence follows the form while it is written', () => {
    const said = (form: Partial<RefusalForm>) => {
      return refusalSentence('负责人', '周启明', { ...FORM, witnessStrokes: null, ...form }, false)
    }
    expect(said({ reason: '其他', words: ' 要等总部。' })).toBe(
      '负责人周启明拒绝签字，理由：要等总部。见证人：王芳（中山路街道，电话13900000000）。',
    )
    expect(said({ reason: '', witness: { name: '王芳', unit: '', phone: '' } })).toBe(
      '负责人周启明拒绝签字，理由：……。见证人：王芳（……，电话……）。',
    )
    expect(said({ witnessed: false })).toContain('现场没有见证人')
  })

  test('a character no face has is found in its field, of the content and of the refusal', () => {
    const unit = { ...(RECORD.unit as object), address: '和平路😀8号' }
    const refused = { reason: '不说', witness: { name: '王😀' } }
    expect(fieldWith({ ...RECORD, unit }, '😀')).toEqual({
      path: 'unit.address',
      words: '被检查单位的地址',
    })
    expect(fieldWith({ ...RECORD, refused }, '😀')?.words).toBe('见证人的姓名')
    expect(fieldWith({ problems: [{ text: '甲' }, { text: '乙' }] }, '乙')).toEqual({
      path: 'problems.1.text',
      words: '要整改的问题',
    })
    expect(fieldWith(RECORD, '😀')).toBeNull()
  })
})

test('a paper goes from content to signatures, issue and delivery', () => {
  expect(stepOf(false, 3, false)).toBe('content')
  expect(stepOf(true, 1, false)).toBe('sign')
  expect(stepOf(true, 0, false)).toBe('issue')
  expect(stepOf(true, 0, true)).toBe('deliver')
})

test('numbers left are those of the kind and the year', () => {
  const lease = { kind: 'rectification_order', year: 2026, next: 37, last: 40 }
  const old = { ...lease, year: 2025 }
  const used = { ...lease, next: 41 }
  expect(numbersLeft([lease, old, used], 'rectification_order', 2026)).toBe(4)
})

test('a PDF says its pages and which renderer made it', () => {
  const pdf = new TextEncoder().encode('<< /Type /Pages /Count 2 >> /Creator (Anxun printing 1)')
  expect(pagesOf(pdf)).toBe(2)
  expect(rendererOf(pdf)).toBe('1')
})
