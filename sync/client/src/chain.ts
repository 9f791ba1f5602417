/** CS9, CS10: what is hashed and what is signed. All texts are UTF-8. */

import type { Signer } from './ports'

/** The `prev` of a run's first changeset. */
export const FIRST_PREV = '0'.repeat(64)

/** CS9 with the body known by its SHA-256 only (LG9). */
export function linkText(id: string, prev: string, bodySha256: string): string {
  return `anxun/link/1\n${id}\n${prev}\n${bodySha256}`
}

/** CS10: the text a device signs when it authors. */
export function headText(id: string, hash: string): string {
  return `anxun/head/1\n${id}\n${hash}`
}

/** Everything signed but heads: `anxun/<what>/1` and its fields, each ended by a line feed. */
export function signedText(what: string, fields: readonly string[]): string {
  return [`anxun/${what}/1`, ...fields, ''].join('\n')
}

export async function linkHash(
  signer: Signer,
  id: string,
  prev: string,
  body: string,
): Promise<string> {
  return signer.sha256(linkText(id, prev, await signer.sha256(body)))
}
