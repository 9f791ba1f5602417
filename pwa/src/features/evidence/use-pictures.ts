/** Previews of evidence by record; what is not on this phone has none. */

import { type Ref, shallowRef, watch } from 'vue'

import type { EvidenceService } from '@/features/evidence/public'

export function usePictures(
  evidence: Pick<EvidenceService, 'image'>,
  records: () => readonly string[],
): Readonly<Ref<ReadonlyMap<string, string>>> {
  const pictures = shallowRef<ReadonlyMap<string, string>>(new Map())
  watch(
    () => records().join(),
    async () => {
      const found = await Promise.all(
        records().map(async (record) => [record, await evidence.image(record)] as const),
      )
      pictures.value = new Map(found.flatMap(([record, src]) => (src ? [[record, src]] : [])))
    },
    { immediate: true },
  )
  return pictures
}
