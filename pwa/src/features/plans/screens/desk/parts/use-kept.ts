/** A form of the desk, kept sealed at each change until it is sent, so that a reload loses none. */

import { nextTick, type Ref, ref, watch } from 'vue'

import { inOrder } from '@/adapters/in-order'
import { useStore } from '@/store/vue'

export interface Kept {
  /** What was written is back: before that nobody writes, for it would be overwritten. */
  readonly ready: Readonly<Ref<boolean>>
  /** Once it is sent. */
  forget(): Promise<void>
}

/** `form`: all that is written; `bring` puts back what was kept, null where nothing was. */
export function useKept<Form>(
  name: string,
  form: () => Form,
  bring: (kept: Form | null) => Promise<void> | void,
): Kept {
  const store = useStore()
  const lane = inOrder()
  const keep = (now: Form | null): Promise<void> => lane(() => store.keep(name, now))
  const ready = ref(false)
  async function restore(): Promise<void> {
    await bring(((await store.kept(name)) ?? null) as Form | null)
    ready.value = true
  }
  void restore()
  /** One write waits at most, and writes what then stands there: none comes late behind others. */
  let waits = false
  async function keepNewest(): Promise<void> {
    if (waits || !ready.value) return
    waits = true
    await lane(() => {
      waits = false
      return store.keep(name, form())
    })
  }
  watch(form, keepNewest, { deep: true })
  /** What was emptied on sending is no draft either. */
  async function forget(): Promise<void> {
    await nextTick()
    await keep(null)
  }
  return { ready, forget }
}
