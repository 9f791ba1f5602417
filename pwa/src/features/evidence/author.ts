/**
 * Whose evidence it is. A phone may be shared: to each officer's hand the store is as good as
 * locked while a colleague's enrolment is open, so that nobody's facts are entered by another.
 */

import { NotOpen, type Store } from '@/store'

export interface Author
  extends Pick<Store, 'records' | 'append' | 'newDataKey' | 'dataKey' | 'keep' | 'kept'> {
  readonly device: string
  readonly officer: string
  /** Whether his keys are open now. */
  isHere(): boolean
}

/** The officer whose enrolment is open; behind the lock the last one, whose session still sends. */
export type Whose = () => Author

export function whoseOf(store: Store): Whose {
  let author = authorOf(store, '', '')
  const whose = (): Author => {
    const { device, officer } = store.person() ?? author
    if (device !== author.device) author = authorOf(store, device, officer)
    return author
  }
  store.subscribe(whose)
  whose()
  return whose
}

function authorOf(store: Store, device: string, officer: string): Author {
  const isHere = (): boolean => store.person()?.device === device
  const own = (): Store => {
    if (!isHere()) throw new NotOpen('locked')
    return store
  }
  return {
    device,
    officer,
    isHere,
    records: (dossier, entity) => own().records(dossier, entity),
    append: async (writes) => own().append(writes),
    newDataKey: async (evidence) => own().newDataKey(evidence),
    dataKey: async (evidence) => own().dataKey(evidence),
    keep: async (name, value) => own().keep(name, value),
    kept: async (name) => own().kept(name),
  }
}
