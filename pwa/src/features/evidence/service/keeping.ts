/**
 * From bytes to evidence: a note of intent, the encrypted file, the record, the link. A kill
 * between any two leaves enough for recovery.ts to go on.
 */

import type { Bounds, Records } from '@contract/records'

import { digestBytes } from '@/adapters/digest'

import type { Author } from '../author'
import { recordEvidence } from '../commands'
import { type Moment, NotKept } from '../model'
import type { Files } from './files'
import type { Journal } from './journal'
import type { EvidencePorts } from './ports'

/** What is known of a file before its bytes are stored; kept under `evidence/draft/<file>`. */
export interface Draft {
  readonly dossier: string
  readonly key: string
  readonly fields: Records['evidence']
}

/** A stored file. */
export interface StoredFile {
  readonly file: string
  readonly bytes: number
  readonly sha256: string
}

export interface Keeping {
  /** @throws NotKept */
  keep(
    author: Author,
    dossier: string,
    original: Blob,
    about: Records['evidence'],
  ): Promise<string>
  /**
   * A stored file becomes evidence; may be repeated. Its turn is taken at once, so that what is
   * written after it, the end of the run above all, is numbered after it.
   */
  adopt(author: Author, stored: StoredFile, draft: Draft): Promise<string>
  draftOf(author: Author, file: string): Promise<Draft | null>
  bounds(): Bounds
  moment(): Moment
}

export function keepingOf(ports: EvidencePorts, files: Files, journal: Journal): Keeping {
  const { blobs, locks, newName } = ports

  const adopt: Keeping['adopt'] = (author, { file, bytes, sha256 }, { dossier, key, fields }) =>
    journal.write(author, async () => {
      const slices = await blobs.sidecar(file)
      if (!slices.ok) throw new NotKept(slices.error.code)
      const slices_sha256 = await digestBytes(slices.value)
      const whole = { ...fields, bytes, sha256, slices_sha256 }
      const record = await recordEvidence({ author, locks }, dossier, whole)
      await files.link(record, { dossier, file, key, url: '', freed: false })
      await author.keep(draftName(file), null)
      return record
    })

  return {
    adopt,
    async keep(author, dossier, original, about) {
      const file = newName()
      const dataKey = await author.newDataKey(file)
      const { officer } = author
      const draft = { dossier, key: file, fields: { ...momentNow(ports), officer, ...about } }
      await author.keep(draftName(file), draft)
      const stored = await blobs.put(file, dataKey, original)
      if (stored.ok) return adopt(author, { file, ...stored.value }, draft)
      // What was written of it is no evidence: the officer is told that there is no photo.
      await blobs.remove(file)
      await author.keep(draftName(file), null)
      throw new NotKept(stored.error.code)
    },
    draftOf: async (author, file) =>
      ((await author.kept(draftName(file))) as Draft | undefined) ?? null,
    bounds: () => boundsNow(ports),
    moment: () => momentNow(ports),
  }
}

function momentNow(ports: EvidencePorts): Moment {
  return { captured: ports.clock.now(), bounds: boundsNow(ports) }
}

function boundsNow({ store, clock }: EvidencePorts): Bounds {
  const after = store.beacon()?.now ?? 0
  return { after, page: clock.pageLife, monotonic: Math.round(clock.monotonic()) }
}

function draftName(file: string): string {
  return `evidence/draft/${file}`
}
