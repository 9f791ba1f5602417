/** Previews of photos, decrypted while somebody is logged in and taken away with the lock. */

import { digestStream } from '@/adapters/digest'

import type { Files, LocalFile } from './files'
import type { EvidencePorts } from './ports'

const LONGEST = 1_280

export interface Images {
  /** Null where this phone cannot show it. */
  url(record: string): Promise<string | null>
}

export function imagesOf(
  ports: EvidencePorts,
  files: Files,
  isThere: (record: string) => boolean,
): Images {
  const { store } = ports
  const urls = new Map<string, Promise<string | null>>()

  const forget = (): void => {
    if (store.gate() === 'open') return
    for (const url of urls.values()) {
      void url.then((made) => made?.startsWith('blob:') && URL.revokeObjectURL(made))
    }
    urls.clear()
  }

  const make = async (record: string): Promise<string | null> => {
    if (files.get(record) === undefined) await files.load()
    const file = files.get(record)
    if (file !== undefined && !file.freed) return drawn(ports, file)
    // The server writes into the custody that it was looked at.
    const online = store.status().network === 'ok'
    return online && isThere(record) ? `/api/v1/evidence/${record}` : null
  }

  store.subscribe(forget)
  return {
    async url(record) {
      if (store.gate() !== 'open') return null
      const known = urls.get(record) ?? make(record)
      urls.set(record, known)
      const url = await known
      if (url === null) urls.delete(record)
      return url
    },
  }
}

async function drawn(
  { blobs, preview }: EvidencePorts,
  { file, dataKey, sha256, type }: LocalFile,
): Promise<string | null> {
  const stream = await blobs.read(file, dataKey)
  if (!stream.ok) return null
  const [toShow, toCheck] = stream.value.tee()
  const [original, digest] = await Promise.all([
    new Response(toShow).blob(),
    digestStream(toCheck),
  ])
  if (digest.sha256 !== sha256) return null
  const small = await preview(new Blob([original], { type }), LONGEST)
  return small.ok ? URL.createObjectURL(small.value) : null
}
