/** Previews of evidence by record; what is not on this phone, nor to be had from the server, has none. */

import { type Ref, shallowRef, watch } from 'vue'

import { useStatus } from '@/store/vue'

import type { EvidenceService } from './service-key'

/** Asked again when a receipt is checked or the server is reached: then more may be seen. */
export function usePictures(
  evidence: Pick<EvidenceService, 'image' | 'receivedAt'>,
  records: () => readonly string[],
): Readonly<Ref<ReadonlyMap<string, string>>> {
  const status = useStatus()
  const pictures = shallowRef<ReadonlyMap<string, string>>(new Map())
  const known = (): string => {
    const receipts = records().map((record) => evidence.receivedAt(record))
    return [...records(), ...receipts, status.value.network].join()
  }
  const load = async (): Promise<void> => {
    const found = await Promise.all(
      records().map(async (record) => [record, await evidence.image(record)] as const),
    )
    pictures.value = new Map(found.flatMap(([record, src]) => (src ? [[record, src]] : [])))
  }
  watch(known, load, { immediate: true })
  return pictures
}
