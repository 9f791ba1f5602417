/** The enrolment's hand: hashes and signs, and checks what the server signed. */

import type { Signer } from '@sync'

import { hex } from '@/adapters/random'

import { type Ciphers, fromBase64url, toBase64url, utf8 } from './sealing'

const CURVE = { name: 'ECDSA', namedCurve: 'P-256' }
const SIGNING = { name: 'ECDSA', hash: 'SHA-256' }

export function signerOf({ subtle }: Ciphers, key: CryptoKey): Signer {
  return {
    sha256: async (text) => hex(new Uint8Array(await subtle.digest('SHA-256', utf8(text)))),
    sign: async (text) =>
      toBase64url(new Uint8Array(await subtle.sign(SIGNING, key, utf8(text)))),
  }
}

/** Whether `spki` (base64url) signed the text; malformed input is a plain no. */
export async function isSignedBy(
  { subtle }: Ciphers,
  spki: string,
  text: string,
  signature: string,
): Promise<boolean> {
  try {
    const key = await subtle.importKey('spki', fromBase64url(spki), CURVE, false, ['verify'])
    return await subtle.verify(SIGNING, key, fromBase64url(signature), utf8(text))
  } catch {
    return false
  }
}
