/** The store in components: values that follow it. The only file of the store that knows Vue. */

import {
  computed,
  type ComputedRef,
  type InjectionKey,
  inject,
  type MaybeRefOrGetter,
  onScopeDispose,
  shallowRef,
  toValue,
} from 'vue'

import { useClock } from '@/adapters/use-clock'

import type { Entity, Gate, Register, Shown, Status, Store } from './types'

/** The app provides its one store under this key. */
export const STORE: InjectionKey<Store> = Symbol('store')

/** Throws where no app has provided one. */
export function useStore(): Store {
  const store = inject(STORE, null)
  if (store === null) throw new Error('no store is provided')
  return store
}

export function useRecords<E extends Entity>(
  dossier: MaybeRefOrGetter<string>,
  entity: E,
): ComputedRef<readonly Shown<E>[]> {
  return following((store) => store.records(toValue(dossier), entity))
}

export function useRecord<E extends Entity>(
  dossier: MaybeRefOrGetter<string>,
  entity: E,
  id: MaybeRefOrGetter<string>,
): ComputedRef<Shown<E> | null> {
  return following((store) => store.record(toValue(dossier), entity, toValue(id)))
}

export function useRegister<E extends Entity>(kind: string, entity: E): ComputedRef<Register<E>> {
  return following((store) => store.register(kind, entity))
}

export function useDossiers(kind?: string): ComputedRef<readonly string[]> {
  return following((store) => store.dossiers(kind))
}

export function useStatus(): ComputedRef<Status> {
  return following((store) => store.status())
}

export function useGate(): ComputedRef<Gate> {
  return following((store) => store.gate())
}

/** Whatever is read from the store, at the time (UTC ms) of the reading. */
export function useFollowed<Value>(
  read: (store: Store, now: number) => Value,
): ComputedRef<Value> {
  const clock = useClock()
  return following((store) => read(store, clock.now()))
}

/** Reads again when the store has changed, or what `read` depends on. */
function following<Value>(read: (store: Store) => Value): ComputedRef<Value> {
  const store = useStore()
  const turn = shallowRef(0)
  onScopeDispose(store.subscribe(() => (turn.value += 1)))
  return computed(() => {
    void turn.value
    return read(store)
  })
}
