/** A picture from the album or another app: marked 导入, with what it says of itself. */

import { HEAD_BYTES, photoTypeOf } from './content'
import { claimedOf, EXIF_BYTES } from './exif'
import { NotKept } from './model'
import type { EvidenceService } from './service-key'

export interface Sorted<Picture extends Blob> {
  readonly photos: readonly Picture[]
  /** How many files are none, whatever they are called. */
  readonly others: number
}

/** Before anything is stored: which files may become evidence. */
export async function sortPictures<Picture extends Blob>(
  files: Iterable<Picture>,
): Promise<Sorted<Picture>> {
  const all = [...files]
  const types = await Promise.all(all.map(typeOf))
  const photos = all.filter((_, at) => types[at] !== null)
  return { photos, others: all.length - photos.length }
}

/**
 * What the file holds decides, never its name: under a wrong type it would be sealed and then
 * refused for ever.
 * @throws NotKept where it is no photo (`not_a_photo`) or the phone cannot store it.
 */
export async function importPhoto(
  evidence: Pick<EvidenceService, 'keepPhoto'>,
  dossier: string,
  file: Blob,
  of: string,
): Promise<string> {
  const type = await typeOf(file)
  if (type === null) throw new NotKept('not_a_photo')
  const claimed = claimedOf(await file.slice(0, EXIF_BYTES).arrayBuffer())
  const about = { of, imported: true, place: null }
  const photo = file.slice(0, file.size, type)
  return evidence.keepPhoto(dossier, photo, claimed === null ? about : { ...about, claimed })
}

/** Null also for a file that cannot be read: its app has taken it back. */
async function typeOf(file: Blob): Promise<string | null> {
  const head = await file.slice(0, HEAD_BYTES).arrayBuffer().catch(() => new ArrayBuffer(0))
  return photoTypeOf(new Uint8Array(head))
}
