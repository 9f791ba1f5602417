/**
 * The keys of one enrolment. The PIN, stretched by Argon2id, gives the wrapping key, which opens
 * the signing key and the master key; the master key opens the data keys. Only wrapped keys lie
 * in the database. A PIN stops who finds the phone; a forensic copy can be tried without end, so
 * a phrase is better than eight digits.
 */

import type { PinCost, Stretch } from '@/adapters/argon2'

import type { Handed, ServerHpke } from './handing'
import {
  aesKey,
  type Bytes,
  type Ciphers,
  freshKeyBytes,
  seal,
  toBase64url,
  unseal,
} from './sealing'

/** And how a PIN is stretched. */
export interface PinCiphers extends Ciphers {
  readonly stretch: Stretch
}

export const PIN_COST: PinCost = { memory: 47_104, passes: 1, lanes: 1 }

/** Stored beside the enrolment; useless without the PIN. */
export interface WrappedIdentity {
  readonly salt: Bytes
  readonly cost: PinCost
  readonly signing: Bytes
  readonly master: Bytes
}

/** In memory only, and none of it can be read out. */
export interface Identity {
  readonly signing: CryptoKey
  readonly master: CryptoKey
}

export interface DataKeyRow {
  readonly device: string
  /** `own`, `dossier/<id>`, `evidence/<id>`. */
  readonly name: string
  readonly mine: Bytes
  readonly server: Handed
}

const ECDSA = { name: 'ECDSA', namedCurve: 'P-256' }
const LEAST_PIN = 8

/** At least 8 digits, or a phrase of 8 characters. */
export function isStrongPin(pin: string): boolean {
  return [...normal(pin)].length >= LEAST_PIN
}

/** `publicKey` is SPKI as base64url. The private key is extractable until it is wrapped. */
export async function makeSigningPair(
  { subtle }: Ciphers,
): Promise<{ readonly privateKey: CryptoKey; readonly publicKey: string }> {
  const { privateKey, publicKey } = await subtle.generateKey(ECDSA, true, ['sign', 'verify'])
  const spki = new Uint8Array(await subtle.exportKey('spki', publicKey))
  return { privateKey, publicKey: toBase64url(spki) }
}

export async function wrapIdentity(
  ciphers: PinCiphers,
  device: string,
  pin: string,
  cost: PinCost,
  privateKey: CryptoKey,
): Promise<{ readonly wrapped: WrappedIdentity; readonly identity: Identity }> {
  const salt = ciphers.random(16)
  const wrapping = await wrappingKey(ciphers, pin, salt, cost)
  const pkcs8 = new Uint8Array(await ciphers.subtle.exportKey('pkcs8', privateKey))
  const raw = freshKeyBytes(ciphers)
  const signing = await seal(ciphers, wrapping, `enrolment/${device}/signing`, pkcs8)
  const master = await seal(ciphers, wrapping, `enrolment/${device}/master`, raw)
  const identity = await usable(ciphers, pkcs8, raw)
  return { wrapped: { salt, cost, signing, master }, identity }
}

/** Null under a wrong PIN: the only judge is the authentication of AES-GCM. */
export async function unwrapIdentity(
  ciphers: PinCiphers,
  device: string,
  pin: string,
  wrapped: WrappedIdentity,
): Promise<Identity | null> {
  const wrapping = await wrappingKey(ciphers, pin, wrapped.salt, wrapped.cost)
  try {
    const place = `enrolment/${device}`
    const pkcs8 = await unseal(ciphers, wrapping, `${place}/signing`, wrapped.signing)
    const raw = await unseal(ciphers, wrapping, `${place}/master`, wrapped.master)
    return await usable(ciphers, pkcs8, raw)
  } catch (error) {
    if (error instanceof DOMException && error.name === 'OperationError') return null
    throw error
  }
}

/** A fresh key for a dossier, evidence or own work, wrapped for its officer and for the server. */
export async function makeDataKey(
  ciphers: Ciphers,
  { master }: Identity,
  server: ServerHpke,
  device: string,
  name: string,
): Promise<{ readonly key: CryptoKey; readonly row: DataKeyRow }> {
  const raw = freshKeyBytes(ciphers)
  const place = placeOf(device, name)
  const mine = await seal(ciphers, master, place, raw)
  const { handTo } = await import('./handing')
  const handed = await handTo(ciphers, server, place, raw)
  const key = await aesKey(ciphers, raw)
  raw.fill(0)
  return { key, row: { device, name, mine, server: handed } }
}

export async function openDataKey(
  ciphers: Ciphers,
  { master }: Identity,
  { device, name, mine }: DataKeyRow,
): Promise<CryptoKey> {
  const raw = await unseal(ciphers, master, placeOf(device, name), mine)
  const key = await aesKey(ciphers, raw)
  raw.fill(0)
  return key
}

function placeOf(device: string, name: string): string {
  return `key/${device}/${name}`
}

/** Takes the bytes over: they are wiped. */
async function usable(ciphers: Ciphers, pkcs8: Bytes, raw: Bytes): Promise<Identity> {
  const signing = await ciphers.subtle.importKey('pkcs8', pkcs8, ECDSA, false, ['sign'])
  const master = await aesKey(ciphers, raw)
  pkcs8.fill(0)
  raw.fill(0)
  return { signing, master }
}

async function wrappingKey(
  ciphers: PinCiphers,
  pin: string,
  salt: Bytes,
  cost: PinCost,
): Promise<CryptoKey> {
  const raw = await ciphers.stretch(normal(pin), salt, cost)
  const key = await aesKey(ciphers, raw)
  raw.fill(0)
  return key
}

/** Two keyboards may write one phrase in two ways, full-width digits among them. */
function normal(pin: string): string {
  return pin.trim().normalize('NFKC')
}
