import { expect, test } from 'vitest'

import vectors from '../../../sync/vectors/scan.json'

import { verifyText } from './signature'

const [issued] = vectors.parse
const parts = issued?.parts as { signed_text: string; signature: string }
const KEY = vectors.public_key_spki

test('the code as issued holds', async () => {
  expect(await verifyText(KEY, parts.signed_text, parts.signature)).toBe(true)
})

test('another text, another signature or a broken key does not', async () => {
  const { signed_text: text, signature } = parts
  const turned = `${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`
  expect(await verifyText(KEY, `${text} `, signature)).toBe(false)
  expect(await verifyText(KEY, text, turned)).toBe(false)
  expect(await verifyText(KEY, text, 'ß')).toBe(false)
  expect(await verifyText(KEY.slice(4), text, signature)).toBe(false)
})
