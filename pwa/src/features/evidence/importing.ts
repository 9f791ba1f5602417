/** A picture from the album or another app: marked 导入, with what it says of itself. */

import { claimedOf, EXIF_BYTES } from './exif'
import type { EvidenceService } from './service-key'

/** @throws NotKept where the phone cannot store it. */
export async function importPhoto(
  evidence: EvidenceService,
  dossier: string,
  file: Blob,
  of: string,
): Promise<string> {
  const claimed = claimedOf(await file.slice(0, EXIF_BYTES).arrayBuffer())
  const about = { of, imported: true, place: null }
  return evidence.keepPhoto(dossier, file, claimed === null ? about : { ...about, claimed })
}
