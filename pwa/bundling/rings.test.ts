import { expect, test } from 'vitest'

import { ringOf } from './rings'

test('files that wait for each other are found, with who waits for them', () => {
  const imports = new Map([
    ['first', []],
    ['parts', ['first', 'words']],
    ['words', ['parts']],
    ['screen', ['words']],
  ])
  expect(ringOf(imports)).toEqual(['parts', 'words', 'screen'])
})

test('files that each wait only for earlier ones are fine, also where one is not ours', () => {
  const imports = new Map([
    ['screen', ['parts', 'elsewhere']],
    ['parts', ['first']],
    ['first', []],
  ])
  expect(ringOf(imports)).toEqual([])
})
