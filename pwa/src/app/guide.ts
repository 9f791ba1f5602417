/** 引导 over whatever screen stands: what was said is remembered sealed, for this officer. */

import { computed, type ComputedRef, onScopeDispose, shallowRef, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'

import { type Guided, keepGuided, keptGuided, said, sentenceAt, UNGUIDED } from '@/features/identity/public'
import { useStore } from '@/store/vue'

export interface Guide {
  /** Empty: nothing is said on this screen. */
  readonly sentence: ComputedRef<string>
  known(): Promise<void>
  silence(): Promise<void>
}

const SILENT: Guided = { ...UNGUIDED, off: true }

export function useGuide(): Guide {
  const store = useStore()
  const route = useRoute()
  const router = useRouter()
  /** Silent until it is known what was said before. */
  const guided = shallowRef(SILENT)
  let device = ''
  let reading = Promise.resolve()
  const read = (): Promise<void> => {
    const now = store.gate() === 'open' ? (store.person()?.device ?? '') : ''
    if (now === device) return reading
    device = now
    reading = take(now).catch((error: unknown) => console.error(error))
    return reading
  }
  const take = async (of: string): Promise<void> => {
    guided.value = of === '' ? SILENT : await keptGuided(store)
  }
  const note = async (after: Guided): Promise<void> => {
    guided.value = after
    if (store.gate() === 'open') await keepGuided(store, after)
  }
  onScopeDispose(store.subscribe(() => void read()))
  /** It is read while the screen's code comes: a sentence that came later would push the screen. */
  onScopeDispose(router.beforeResolve(() => read()))
  /** Asked for again from 帮助. */
  watch(
    () => route.name,
    async (_, before) => {
      if (before === 'help' && device !== '') guided.value = await keptGuided(store)
    },
  )
  const screen = computed(() => String(route.name ?? ''))
  return {
    sentence: computed(() => sentenceAt(screen.value, guided.value)),
    known: () => note(said(guided.value, screen.value)),
    silence: () => note({ ...guided.value, off: true }),
  }
}
