/**
 * Keys that the server, and nobody else, can open: HPKE base mode (RFC 9180) with DHKEM(P-256,
 * HKDF-SHA256), HKDF-SHA256, AES-256-GCM. So the unsent work of a phone whose PIN is forgotten
 * can be handed in unread.
 */

import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core'

import { type Bytes, type Ciphers, fromBase64url, HANDING_INFO, utf8 } from './sealing'

/** The server's key as told at enrolment: its id, and the SPKI as base64url. */
export interface ServerHpke {
  readonly key: string
  readonly public: string
}

export interface Handed {
  /** Id of the server's key. */
  readonly key: string
  readonly enc: Bytes
  readonly sealed: Bytes
}

/** Sealed: the key's bytes, then `place` in UTF-8, so that no key can be passed off as another. */
export async function handTo(
  { subtle }: Ciphers,
  server: ServerHpke,
  place: string,
  raw: Bytes,
): Promise<Handed> {
  const curve = { name: 'ECDH', namedCurve: 'P-256' }
  const spki = fromBase64url(server.public)
  const recipientPublicKey = await subtle.importKey('spki', spki, curve, true, [])
  const sender = await suite().createSenderContext({
    recipientPublicKey,
    info: utf8(HANDING_INFO),
  })
  const named = new Uint8Array([...raw, ...utf8(place)])
  const sealed = await sender.seal(named)
  named.fill(0)
  return { key: server.key, enc: new Uint8Array(sender.enc), sealed: new Uint8Array(sealed) }
}

function suite(): CipherSuite {
  return new CipherSuite({
    kem: new DhkemP256HkdfSha256(),
    kdf: new HkdfSha256(),
    aead: new Aes256Gcm(),
  })
}
