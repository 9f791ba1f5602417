/**
 * How anything lies on the phone: 12 bytes nonce, then AES-256-GCM. The additional data name the
 * place, so that a value moved to another place of the database does not open.
 */

import { base64 } from '@/adapters/random'

export type Bytes = Uint8Array<ArrayBuffer>

/** Cryptography and chance as the host gives them. */
export interface Ciphers {
  readonly subtle: SubtleCrypto
  /** Random bytes. */
  readonly random: (count: number) => Bytes
}

/** The purpose that keys handed to the server are bound to. */
export const HANDING_INFO = 'anxun/lifeboat/1'

const NONCE_BYTES = 12
const KEY_BYTES = 32

/** `place` is `<table>/<key>`. */
export async function seal(
  { subtle, random }: Ciphers,
  key: CryptoKey,
  place: string,
  plain: Bytes,
): Promise<Bytes> {
  const iv = random(NONCE_BYTES)
  const algorithm = { name: 'AES-GCM', iv, additionalData: aad(place) }
  const cipher = await subtle.encrypt(algorithm, key, plain)
  const sealed = new Uint8Array(NONCE_BYTES + cipher.byteLength)
  sealed.set(iv)
  sealed.set(new Uint8Array(cipher), NONCE_BYTES)
  return sealed
}

/** Rejects with an OperationError under another key, at another place, or when altered. */
export async function unseal(
  { subtle }: Ciphers,
  key: CryptoKey,
  place: string,
  sealed: Bytes,
): Promise<Bytes> {
  const iv = sealed.slice(0, NONCE_BYTES)
  const cipher = sealed.slice(NONCE_BYTES)
  const algorithm = { name: 'AES-GCM', iv, additionalData: aad(place) }
  return new Uint8Array(await subtle.decrypt(algorithm, key, cipher))
}

export async function sealJson(
  ciphers: Ciphers,
  key: CryptoKey,
  place: string,
  value: unknown,
): Promise<Bytes> {
  return seal(ciphers, key, place, utf8(JSON.stringify(value)))
}

export async function unsealJson<Value>(
  ciphers: Ciphers,
  key: CryptoKey,
  place: string,
  sealed: Bytes,
): Promise<Value> {
  const plain = await unseal(ciphers, key, place, sealed)
  return JSON.parse(new TextDecoder().decode(plain)) as Value
}

/** Fresh bytes of an AES-256 key. Wipe them (`fill(0)`) once they are imported and wrapped. */
export function freshKeyBytes({ random }: Ciphers): Bytes {
  return random(KEY_BYTES)
}

/** An AES-GCM key that can be used and never read. */
export async function aesKey({ subtle }: Ciphers, raw: Bytes): Promise<CryptoKey> {
  return subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt'])
}

export function utf8(text: string): Bytes {
  return new TextEncoder().encode(text)
}

/** Without padding. */
export function toBase64url(bytes: Uint8Array): string {
  return base64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

export function fromBase64url(text: string): Bytes {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(binary, (character) => character.charCodeAt(0))
}

function aad(place: string): Bytes {
  return utf8(`anxun/${place}`)
}
