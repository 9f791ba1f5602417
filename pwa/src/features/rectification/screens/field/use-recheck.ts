/** The recheck of one order while it is done; each change is durable on this phone at once. */

import { computed, type ComputedRef, onScopeDispose, type Ref, shallowRef, watch } from 'vue'

import { useClock } from '@/adapters/use-clock'
import { inOrder } from '@/adapters/in-order'
import {
  type Held,
  type Lack,
  lacks,
  STAGES,
  type View,
  viewOf,
} from '@/features/inspections/public'
import { useStore } from '@/store/vue'

import { recordRecheck, type RecheckForm, type Rechecked } from '../../commands'
import type { ItemResult } from '../../model'
import {
  demandsOf,
  type DemandRow,
  orderUnder,
  photosOf,
  recheckedFor,
} from '../../views'

export interface Rechecking {
  readonly view: ComputedRef<View>
  readonly order: ComputedRef<Held<'document'> | undefined>
  readonly demands: ComputedRef<readonly DemandRow[]>
  readonly earlier: ComputedRef<readonly Held<'recheck'>[]>
  readonly form: Readonly<Ref<RecheckForm>>
  readonly missing: ComputedRef<readonly Lack[]>
  /** The recheck begins with the first act, not with looking. */
  begin(): Promise<void>
  answer(finding: string, result: ItemResult | null): Promise<void>
  say(finding: string, words: string): Promise<void>
  name(officers: readonly string[]): Promise<void>
  finish(): Promise<void>
}

const CHOSEN = 'rechecking'

/** `wanted`: the order to recheck where the way here named one. */
export function useRecheck(dossier: string, wanted: string): Rechecking {
  const store = useStore()
  const clock = useClock()
  const turn = shallowRef(0)
  const lane = inOrder()
  onScopeDispose(store.subscribe(() => (turn.value += 1)))
  const view = computed(() => (void turn.value, viewOf(store, dossier, clock.now())))
  const order = computed(() => orderUnder(view.value, wanted))
  const demands = computed(() => demandsOf(view.value, order.value?.id ?? ''))
  const earlier = computed(() => recheckedFor(view.value, order.value?.id ?? ''))
  const kept = computed(() => `recheck/${order.value?.id ?? ''}/${earlier.value.length}`)
  const form = shallowRef<RecheckForm>(blank())
  watch(kept, load, { immediate: true })

  function blank(): RecheckForm {
    const mended = demands.value.filter((each) => each.mended)
    const answers = Object.fromEntries(
      mended.map(({ finding }) => [finding, { result: 'fixed', words: '' } as const]),
    )
    return { started: 0, officers: view.value.inspection?.[0]?.officers ?? [], answers }
  }

  async function load(): Promise<void> {
    form.value = blank()
    const name = kept.value
    const found = (await store.kept(name)) as RecheckForm | undefined
    if (found && name === kept.value && form.value.started === 0) form.value = found
  }

  async function change(part: Partial<RecheckForm>): Promise<void> {
    const started = form.value.started || clock.now()
    form.value = { ...form.value, started, ...part }
    const name = kept.value
    await lane(() => store.keep(name, form.value))
  }

  async function answer(finding: string, result: ItemResult | null): Promise<void> {
    const { [finding]: before, ...others } = form.value.answers
    if (result === null) return change({ answers: others })
    await change({ answers: { ...others, [finding]: { result, words: before?.words ?? '' } } })
  }

  async function say(finding: string, words: string): Promise<void> {
    const said = form.value.answers[finding]
    if (said) await change({ answers: { ...form.value.answers, [finding]: { ...said, words } } })
  }

  function wholeAt(ended: number): Rechecked {
    const { started, officers, answers } = form.value
    const items = demands.value.flatMap(({ finding }) => {
      const said = answers[finding]
      const evidence = [...photosOf(view.value, finding, started || ended).now]
      return said ? [{ finding, result: said.result, words: said.words.trim(), evidence }] : []
    })
    return { order: order.value?.id ?? '', started, ended, officers, items }
  }

  /** The table judges the recheck as if it stood already. */
  const missing = computed(() => {
    const { officers, items, ...times } = wholeAt(clock.now())
    const made = { ...times, officers: [...officers], items: [...items] }
    const held = { ...made, id: CHOSEN, created: times.ended, device: '' }
    const others = view.value.recheck ?? []
    return lacks(STAGES, 'recheck', { ...view.value, recheck: [...others, held], chosen: CHOSEN })
  })

  return {
    view,
    order,
    demands,
    earlier,
    form,
    missing,
    begin: () => change({}),
    answer,
    say,
    name: (officers) => change({ officers }),
    finish: async () => void (await recordRecheck(store, dossier, wholeAt(clock.now()))),
  }
}
