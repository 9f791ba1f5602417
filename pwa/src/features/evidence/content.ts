/** What a file is by its first bytes, by the server's own table. */

import formats from '@/generated/formats.json'

/** So much of a file tells. */
export const HEAD_BYTES = 32

/** The media type of a photo the server takes; null for anything else, an empty file among it. */
export function photoTypeOf(head: Uint8Array): string | null {
  const found = Object.entries(formats).find(([type, { magic, offset }]) => {
    return type.startsWith('image/') && hexOf(head.subarray(offset)).startsWith(magic)
  })
  return found?.[0] ?? null
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
