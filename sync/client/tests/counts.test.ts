/** How many cases of each file are run here; the Python tests print theirs. */

import { expect, test } from 'vitest'

import { vectors } from './vectors'

const NAMES = ['clock', 'changeset', 'chain', 'merge', 'union', 'digest', 'signed', 'example']

test.each(NAMES)('there are cases of %s', (name) => {
  const { length } = vectors(name).cases
  console.log(`vectors ${name}: ${length}`)
  expect(length).toBeGreaterThan(0)
})
