/** Real P-256 and SHA-256 behind the port, as a phone has them. */

import { webcrypto } from 'node:crypto'
import type { Signer } from '../src/index'

const P256 = { name: 'ECDSA', namedCurve: 'P-256' }
const WITH_SHA256 = { name: 'ECDSA', hash: 'SHA-256' }

export interface Keys extends Signer {
  /** SPKI in base64url. */
  readonly publicKey: string
}

export async function newKeys(): Promise<Keys> {
  const pair = await webcrypto.subtle.generateKey(P256, false, ['sign', 'verify'])
  const spki = await webcrypto.subtle.exportKey('spki', pair.publicKey)
  return {
    publicKey: Buffer.from(spki).toString('base64url'),
    sha256,
    async sign(text) {
      const signature = await webcrypto.subtle.sign(WITH_SHA256, pair.privateKey, utf8(text))
      return Buffer.from(signature).toString('base64url')
    },
  }
}

export async function sha256(text: string): Promise<string> {
  return Buffer.from(await webcrypto.subtle.digest('SHA-256', utf8(text))).toString('hex')
}

export async function verifies(spki: string, text: string, signature: string): Promise<boolean> {
  const bytes = Buffer.from(spki, 'base64url')
  const key = await webcrypto.subtle.importKey('spki', bytes, P256, false, ['verify'])
  const raw = Buffer.from(signature, 'base64url')
  return webcrypto.subtle.verify(WITH_SHA256, key, raw, utf8(text))
}

function utf8(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(new TextEncoder().encode(text))
}
