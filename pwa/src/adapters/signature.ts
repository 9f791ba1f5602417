/** Signatures of the server (SPEC, signed texts): ECDSA on P-256 with SHA-256. */

const CURVE = { name: 'ECDSA', namedCurve: 'P-256' }
const SCHEME = { name: 'ECDSA', hash: 'SHA-256' }

/**
 * Whether `signature` (raw r‖s, base64url) holds over the UTF-8 text under the key (SPKI,
 * base64url). A key or signature that cannot be read holds nothing.
 */
export async function verifyText(
  publicSpki: string,
  text: string,
  signature: string,
): Promise<boolean> {
  try {
    const key = await crypto.subtle.importKey('spki', bytesOf(publicSpki), CURVE, false, ['verify'])
    const signed = new TextEncoder().encode(text)
    return await crypto.subtle.verify(SCHEME, key, bytesOf(signature), signed)
  } catch {
    return false
  }
}

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  const binary = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(binary, (one) => one.charCodeAt(0))
}
