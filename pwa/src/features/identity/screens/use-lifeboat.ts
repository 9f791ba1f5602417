/** 救生包 on screens that need no key: how much would be in it, and the file itself. */

import { onMounted, onScopeDispose, ref, type Ref } from 'vue'

import { saveFile } from '@/adapters/save-file'
import { useClock } from '@/adapters/use-clock'
import { useStore } from '@/store/vue'

import { dayOfMs } from '../views'

/** The files are too many for it (LB7). */
export const SAVED = '已导出加密包，交单位收走上传。包里只有记录，照片和录音还在本机。本机的都留着。'

export interface Lifeboat {
  readonly unsent: Readonly<Ref<number>>
  /** What was done, empty before. */
  readonly saved: Readonly<Ref<string>>
  save(): Promise<void>
}

export function useLifeboat(): Lifeboat {
  const store = useStore()
  const clock = useClock()
  const unsent = ref(0)
  const saved = ref('')
  const count = async (): Promise<void> => {
    unsent.value = await store.unsentHere()
  }
  onMounted(count)
  onScopeDispose(store.subscribe(() => void count()))
  return {
    unsent,
    saved,
    save: async () => {
      saveFile(await store.lifeboat(), `安巡-${dayOfMs(clock.now())}.anxun`)
      saved.value = SAVED
    },
  }
}
