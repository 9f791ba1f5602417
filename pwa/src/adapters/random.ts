/** The only door to chance. */

export function randomBytes(count: number): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(count))
}

/** `count` random bytes as 2 × `count` lower-case hex digits. */
export function randomHex(count: number): string {
  return hex(randomBytes(count))
}

/** `count` random bytes in base64url without padding. */
export function randomBase64url(count: number): string {
  return base64(randomBytes(count)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Standard base64 with padding, as `Upload-Checksum` wants it. */
export function base64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
}
