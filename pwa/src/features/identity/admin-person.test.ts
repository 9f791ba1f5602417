import { describe, expect, test } from 'vitest'

import type { PeopleView, PersonView } from '@/generated/http'

import { changedMeanwhile, draftOf, NEW_CERTIFICATE, rebased, unsaved } from './admin-person'

const HELD = {
  login: 'lijie',
  name: '李㛃',
  phone: '13900000000',
  section: 'whk',
  roles: ['R1', 'R2'],
} as unknown as PersonView
const DRAFTS = { person: draftOf(HELD), certificate: null, suspension: null }

describe('what would be lost if a person’s sheet closed now', () => {
  test('nothing was typed', () => {
    expect(unsaved(DRAFTS, HELD)).toEqual([])
    expect(unsaved({ ...DRAFTS, person: draftOf(null) }, null)).toEqual([])
    const turned = { ...DRAFTS.person, roles: ['R2', 'R1'] }
    expect(unsaved({ ...DRAFTS, person: turned }, HELD)).toEqual([])
  })

  test('a certificate form that was only opened holds nothing, a number in it does', () => {
    expect(unsaved({ ...DRAFTS, certificate: NEW_CERTIFICATE }, HELD)).toEqual([])
    const begun = { ...NEW_CERTIFICATE, number: '652301' }
    expect(unsaved({ ...DRAFTS, certificate: begun }, HELD)).toEqual(['执法证'])
  })

  test('a telephone and a suspension, each by its name', () => {
    const person = { ...DRAFTS.person, phone: '13900000001' }
    const suspension = { number: '652301', suspended: true, words: '' }
    expect(unsaved({ ...DRAFTS, person, suspension }, HELD)).toEqual(['电话', '暂停执法证'])
  })

  test('somebody new: every field that was written in', () => {
    const person = { ...draftOf(null), name: '阿依古丽', roles: ['R1'] }
    expect(unsaved({ ...DRAFTS, person }, null)).toEqual(['姓名', '岗位'])
  })
})

describe('somebody saved the same person meanwhile', () => {
  const now = { ...HELD, name: '李洁', phone: '13900000009', roles: ['R2'] } as PersonView
  const view = { posts: [{ id: 'R2', title: '科长' }] } as unknown as PeopleView

  test('what was typed stays, what was left alone follows', () => {
    const typed = { ...draftOf(HELD), phone: '13900000007' }
    expect(rebased(typed, HELD, now)).toEqual({ ...draftOf(now), phone: '13900000007' })
  })

  test('what is there now is told in words', () => {
    expect(changedMeanwhile(HELD, now, view)).toEqual([
      '姓名：李洁',
      '电话：13900000009',
      '岗位：科长',
    ])
    expect(changedMeanwhile(HELD, { ...HELD, phone: '' }, view)).toEqual(['电话：空'])
  })
})
