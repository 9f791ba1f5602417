/** LG8: what two replicas compare to know that they hold the same heads. */

import { byCodePoint } from './json'
import type { Signer } from './ports'
import type { ServerField, ServerRecord } from './server_state'

export interface Digest {
  readonly count: number
  readonly digest: string
}

/** `digest` is lower-case hex. */
export async function digestOf(
  signer: Signer,
  records: Iterable<ServerRecord>,
): Promise<Digest> {
  const lines = digestLines(records)
  return { count: lines.length, digest: await signer.sha256(lines.join('')) }
}

/** Each line with its line feed, in byte order of UTF-8. */
export function digestLines(records: Iterable<ServerRecord>): readonly string[] {
  const lines: string[] = []
  for (const { entity, record, fields } of records) {
    for (const [name, field] of Object.entries(fields)) {
      lines.push(...fieldLines(`${entity}/${record}/${name}`, field))
    }
  }
  return lines.sort(byCodePoint)
}

function fieldLines(register: string, field: ServerField): readonly string[] {
  if ('union' in field) {
    const elements = Object.entries(field.union)
    return elements.map(([element, adds]) => line(`${register}/${element}`, adds))
  }
  return field.heads.length === 0 ? [] : [line(register, field.heads.map(({ id }) => id))]
}

function line(register: string, ids: readonly string[]): string {
  return `${register} ${[...ids].sort().join(',')}\n`
}
