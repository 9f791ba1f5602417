/** CS11: unaccepted changesets under the epoch that a fork opened. */

import { renameIds } from './body'
import { FIRST_PREV, headText, linkHash } from './chain'
import { formatId } from './names'
import type { OwnChangeset, Signer } from './ports'
import type { MergeTable } from './rules'

/**
 * The same facts with new ids, links and signatures, in the given order. Record names, times and
 * values stay; `seen` and `remove` that named re-issued changesets name them by the new ids.
 */
export async function reissueAll(
  signer: Signer,
  table: MergeTable,
  device: string,
  epoch: number,
  changesets: readonly OwnChangeset[],
): Promise<readonly OwnChangeset[]> {
  const renamed = new Map(
    changesets.map(({ id }, index) => [id, formatId({ device, epoch, n: index + 1 })]),
  )
  const reissued: OwnChangeset[] = []
  let prev = FIRST_PREV
  for (const [index, old] of changesets.entries()) {
    const n = index + 1
    const id = formatId({ device, epoch, n })
    const body = renameIds(old.body, id, renamed, table)
    const hash = await linkHash(signer, id, prev, body)
    const signature = await signer.sign(headText(id, hash))
    reissued.push({ ...old, epoch, n, id, body, hash, signature })
    prev = hash
  }
  return reissued
}
