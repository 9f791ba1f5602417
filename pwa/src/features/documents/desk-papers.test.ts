/** What the desk says of a paper: its check, its neighbours, who may void it. */

import { describe, expect, test } from 'vitest'

import { checkWords, neighbour, type PaperItem } from './desk-papers'
import type { IssuedPaper } from './model'
import { forceOf, mayVoid, newerOf } from './rules'

const SHA = `3f0a${'0'.repeat(56)}9c1e`
const SHORT = '3f0a…9c1e'

describe('the check of the file', () => {
  test.each([
    [undefined, '', 'waiting', '等服务器复核', '还没有'],
    ['document_same', '服务器复核一致。', 'same', '手机与服务器逐字节一致', SHORT],
    ['document_differs', '不一致，已报法规科', 'differs', '不一致，已报法规科', '与手机的不一致'],
    ['document_other_version', '另一版本', 'other', '另一版本', '没有重排'],
  ])('%s', (kind, text, state, words, server) => {
    const mark = kind === undefined ? undefined : { kind, text }
    expect(checkWords(mark, SHA)).toEqual({ state, words, phone: SHORT, server })
  })
})

describe('from paper to paper', () => {
  const item = (id: string): PaperItem => ({ id, title: '', number: '', force: 'current' })
  const items = [item('a'), item('b'), item('c')]

  test.each([
    ['a', 1, 'b'],
    ['c', -1, 'b'],
    ['a', -1, undefined],
    ['c', 1, undefined],
    ['gone', 1, undefined],
  ] as const)('from %s by %i', (id, step, found) => {
    expect(neighbour(items, id, step)?.id).toBe(found)
  })
})

describe('domain.md 6.2: who voids a paper', () => {
  const of = { section: 'whk', officers: ['li', 'nu'] }

  test.each([
    ['an officer of the visit', 'li', 'whk', ['R1'], true],
    ['a detachment officer in an own case', 'nu', 'zd', ['R3'], true],
    ['the head of the section that holds it', 'gu', 'whk', ['R2'], true],
    ['the head of another section', 'ma', 'jck', ['R2'], false],
    ['a colleague who was not there', 'wa', 'whk', ['R1'], false],
    ['the legal section', 'fa', 'fgk', ['R5'], false],
    ['the leader, who reads all', 'xu', 'ld', ['R7'], false],
    ['an expert who came along', 'li', 'whk', ['R9'], false],
    ['an assistant who came along', 'li', 'whk', ['R13'], false],
  ])('%s', (_, officer, section, roles, may) => {
    expect(mayVoid({ officer, section, roles }, of)).toBe(may)
  })

  test('a dossier without a section has no head', () => {
    const head = { officer: 'gu', section: 'whk', roles: ['R2'] }
    expect(mayVoid(head, { section: '', officers: [] })).toBe(false)
  })
})

describe('the paper that took a void one’s place', () => {
  const LOST: IssuedPaper = { id: '37', kind: 'order', issued: 1, voided: true, about: ['f1', 'f2'] }
  const NEXT: IssuedPaper = { ...LOST, id: '38', issued: 2, voided: false }

  test.each<[string, readonly IssuedPaper[], string | undefined]>([
    ['is of its kind, later, about the same', [LOST, NEXT], '38'],
    ['may be about more', [{ ...NEXT, about: ['f1', 'f2', 'f3'] }], '38'],
    ['is the last of several', [{ ...NEXT, id: '39', issued: 3 }, NEXT], '39'],
    ['is not one about less', [{ ...NEXT, about: ['f1'] }], undefined],
    ['is not one of another kind', [{ ...NEXT, kind: 'record' }], undefined],
    ['is not one issued before', [{ ...NEXT, issued: 0 }], undefined],
    ['is not a void one', [{ ...NEXT, voided: true }], undefined],
  ])('%s', (_, all, found) => {
    expect(newerOf(LOST, all)?.id).toBe(found)
    expect(forceOf(LOST, all)).toBe(found ? 'corrected' : 'void')
  })

  test('one in force is replaced by none', () => {
    const standing = { ...LOST, voided: false }
    expect([newerOf(standing, [NEXT]), forceOf(standing, [NEXT])]).toEqual([undefined, 'current'])
  })
})
