/** The visit a screen is about, following the store; the way to other screens of it. */

import type { Item } from '@contract/records'
import { computed, type ComputedRef, onScopeDispose, shallowRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'

import { type Clock } from '@/adapters/clock'
import { useClock } from '@/adapters/use-clock'
import { dayOf } from '@/features/deadlines/public'
import type { Store } from '@/store/types'
import { useRegister, useStore } from '@/store/vue'
import { useWayBack } from '@/ui/way-back'

import type { Held, View } from '../../model'
import { stateOf } from '../../rules'
import { live } from '../../rules/view'
import { viewOf } from '../../views'
import { addFinding } from '../../visit-commands'

export interface Visit {
  readonly store: Store
  readonly clock: Clock
  readonly dossier: ComputedRef<string>
  readonly view: ComputedRef<View>
  readonly inspection: ComputedRef<Held<'inspection'> | undefined>
  /** Asia/Shanghai. */
  readonly today: ComputedRef<string>
  readonly ended: ComputedRef<boolean>
  /** 已结案: read only. */
  readonly closed: ComputedRef<boolean>
  /** `extra`: further parameters of the route. */
  go(name: string, extra?: Readonly<Record<string, string>>): void
  /** To the cockpit; from there to 今日. */
  up(): void
  /** A photo of the record `of`, or of the visit as a whole. */
  photograph(of: string): void
  /** 记问题 outside the list. */
  find(): Promise<void>
}

export function useVisit(): Visit {
  const store = useStore()
  const clock = useClock()
  const route = useRoute()
  const router = useRouter()
  const way = useWayBack()
  const turn = shallowRef(0)
  onScopeDispose(store.subscribe(() => (turn.value += 1)))
  const dossier = computed(() => String(route.params.id))
  const view = computed(() => {
    void turn.value
    return viewOf(store, dossier.value, clock.now())
  })
  const inspection = computed(() => live(view.value, 'inspection')[0])

  function go(name: string, extra: Readonly<Record<string, string>> = {}): void {
    void router.push({ name, params: { id: dossier.value, ...extra } })
  }

  return {
    store,
    clock,
    dossier,
    view,
    inspection,
    today: computed(() => dayOf((void turn.value, clock.now()))),
    ended: computed(() => Boolean(inspection.value?.ended)),
    closed: computed(() => stateOf(view.value) === 'closed'),
    go,
    up: way.up,
    photograph: (of) => {
      void router.push({ name: 'visit.camera', params: { id: dossier.value }, query: { of } })
    },
    find: async () => go('visit.finding', { finding: await addFinding(store, dossier.value) }),
  }
}

/** The list's own row of an item, with its standard phrases. */
export function useItem(id: () => string | undefined): ComputedRef<Item | undefined> {
  const items = useRegister('items', 'item')
  return computed(() => items.value.rows.get(id() ?? ''))
}
