import { describe, expect, test } from 'vitest'
import { headText, linkHash, linkText, signedText } from '../src/index'
import type { Signer } from '../src/index'
import { newKeys, sha256, verifies } from './keys'
import { titled, vectors } from './vectors'

interface Link {
  readonly id: string
  readonly prev: string
  readonly hash: string
  readonly body_sha256: string
  readonly link_text: string
  readonly head_text: string
}

interface ChainGiven {
  readonly first_prev: string
  readonly items: readonly { readonly id: string; readonly body: string }[]
  readonly public_key: string
  readonly signature: string
}

interface SignedGiven {
  readonly what: string
  readonly fields: readonly string[]
  readonly public_key: string
  readonly signature: string
}

const signer: Signer = await newKeys()

describe('chain vectors', () => {
  const { cases } = vectors<ChainGiven, { links: readonly Link[]; signed: boolean }>('chain')
  test.each(titled(cases))('%s', async (_, { given, expect: { links, signed } }) => {
    const found: Link[] = []
    let prev = given.first_prev
    for (const { id, body } of given.items) {
      const [hash, body_sha256] = [await linkHash(signer, id, prev, body), await sha256(body)]
      const texts = { link_text: linkText(id, prev, body_sha256), head_text: headText(id, hash) }
      found.push({ id, prev, hash, body_sha256, ...texts })
      prev = hash
    }
    expect(found).toEqual(links)
    const last = found.at(-1)?.head_text ?? ''
    expect(await verifies(given.public_key, last, given.signature)).toBe(signed)
  })
})

describe('signed vectors', () => {
  const { cases } = vectors<SignedGiven, { text: string; valid: boolean }>('signed')
  test.each(titled(cases))('%s', async (_, { given, expect: expected }) => {
    const { what, fields, public_key: key, signature } = given
    const [first = '', second = ''] = fields
    const text = what === 'head' ? headText(first, second) : signedText(what, fields)
    expect(text).toBe(expected.text)
    expect(await verifies(key, text, signature)).toBe(expected.valid)
  })
})

test('[CS10] what a phone signs, its public key verifies', async () => {
  const keys = await newKeys()
  const signature = await keys.sign(headText('a3f9k2m7qx1c.1.1', 'ab'.repeat(32)))
  expect(Buffer.from(signature, 'base64url')).toHaveLength(64)
  const text = headText('a3f9k2m7qx1c.1.1', 'ab'.repeat(32))
  expect(await verifies(keys.publicKey, text, signature)).toBe(true)
})
