/** Which screens of the desk open for whom. */

import { expect, test } from 'vitest'

import { reaches } from './reach'
import { ROUTES } from './routes'

const DESK = ROUTES.map(({ name }) => String(name)).filter((name) => name.startsWith('desk.'))

test('no screen of a case opens for an administrator (domain.md 6.2)', () => {
  expect(DESK.filter((name) => reaches(['R14'], name)).sort()).toEqual([
    'desk.audit',
    'desk.enterprises',
    'desk.faults',
    'desk.hand-in',
    'desk.imports',
    'desk.people',
    'desk.phones',
  ])
})

test('people, phones and audit open for who sees accounts, complaints for who hears them', () => {
  const closed = (role: string): string[] => DESK.filter((name) => !reaches([role], name)).sort()
  const administered = ['audit', 'faults', 'hand-in', 'people', 'phones'].map((name) => `desk.${name}`)
  expect(closed('R2')).toEqual([...administered, 'desk.complaints', 'desk.imports'].sort())
  expect(closed('R5')).toEqual(['desk.faults', 'desk.hand-in'])
  expect(closed('R7')).toEqual([...administered, 'desk.imports'].sort())
})

test('the screens of the field ask for themselves', () => {
  expect(reaches(['R14'], 'field.me')).toBe(true)
})
