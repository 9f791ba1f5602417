/** 拒签 while it is written: kept on this phone at each change, so that back loses nothing. */

import { type Ref, shallowRef } from 'vue'

import { inOrder } from '@/adapters/in-order'
import type { Store } from '@/store/types'

import type { RefusalForm } from '../../model'

const EMPTY: RefusalForm = {
  reason: '',
  words: '',
  witnessed: true,
  witness: { name: '', unit: '', phone: '' },
  witnessStrokes: null,
}

export function useRefusalForm(
  store: Store,
  draft: string,
): {
  readonly form: Readonly<Ref<RefusalForm>>
  change(part: Partial<RefusalForm>): Promise<void>
} {
  const name = `refusal/${draft}`
  const lane = inOrder()
  const form = shallowRef<RefusalForm>(EMPTY)
  void store.kept(name).then((kept) => {
    if (kept !== undefined && form.value === EMPTY) form.value = kept as RefusalForm
  })

  async function change(part: Partial<RefusalForm>): Promise<void> {
    form.value = { ...form.value, ...part }
    await lane(() => store.keep(name, form.value))
  }

  return { form, change }
}
