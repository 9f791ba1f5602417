import { expect, test } from 'vitest'

import { randomBytes } from '@/adapters/random'

import { aesKey, freshKeyBytes, fromBase64url, seal, toBase64url, unseal, utf8 } from '../sealing'
import { networkOf } from '../wire'

test.each([
  ['nothing answers, no signal', 0, null, false, 'offline'],
  ['nothing answers although there is a signal', 0, null, true, 'server_down'],
  ['a proxy in front of a dead server', 502, null, true, 'server_down'],
  ['our server in trouble', 500, 't', true, 'server_down'],
  ['a portal’s page', 200, null, true, 'captive'],
  ['a portal’s refusal', 401, null, true, 'captive'],
  ['the session has ended', 401, 't', true, 'login_expired'],
  ['a lawful refusal', 409, 't', true, 'ok'],
  ['an answer', 200, 't', true, 'ok'],
] as const)('SN11 %s', (_, status, timeline, signal, network) => {
  expect(networkOf({ status, timeline, text: '' }, signal)).toBe(network)
})

test('a sealed value opens at its place only, and twice sealed looks different', async () => {
  const ciphers = { subtle: crypto.subtle, random: randomBytes }
  const key = await aesKey(ciphers, freshKeyBytes(ciphers))
  const one = await seal(ciphers, key, 'a/1', utf8('词'))
  const two = await seal(ciphers, key, 'a/1', utf8('词'))
  expect(one).not.toEqual(two)
  expect(await unseal(ciphers, key, 'a/1', one)).toEqual(utf8('词'))
  await expect(unseal(ciphers, key, 'a/2', one)).rejects.toThrow()
  one[20] = (one[20] ?? 0) ^ 1
  await expect(unseal(ciphers, key, 'a/1', one)).rejects.toThrow()
})

test('base64url has no padding and comes back', () => {
  for (const length of [0, 1, 2, 3, 64]) {
    const bytes = randomBytes(length)
    expect(toBase64url(bytes)).toMatch(/^[A-Za-z0-9_-]*$/)
    expect(fromBase64url(toBase64url(bytes))).toEqual(bytes)
  }
})
