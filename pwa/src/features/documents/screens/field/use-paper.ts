/** The paper a screen is about, following the store: its content, hands, number and standing. */

import type { Draft } from '@contract/records'
import { computed, type ComputedRef, onScopeDispose, shallowRef, watch } from 'vue'
import { type RouteLocationRaw, useRoute, useRouter } from 'vue-router'

import { type Clock } from '@/adapters/clock'
import { useClock } from '@/adapters/use-clock'
import type { Shown, Store } from '@/store/types'
import { useRegister, useStore } from '@/store/vue'
import { useWayBack } from '@/ui/way-back'

import { type DraftAt, hashOf, issuedOf } from '../../commands'
import type { Content, Hands, PaperStep } from '../../model'
import {
  type DraftContent,
  draftContent,
  isContent,
  type Lacking,
  type PaperBuilder,
} from '../../papers'
import { contentText } from '../../rules'
import { usePapers } from '../../services'
import { currentStep, handsOf, numberOf, signaturesOf, type Signer, signersOf } from '../../views'

export interface Paper {
  readonly store: Store
  readonly clock: Clock
  readonly at: ComputedRef<DraftAt>
  readonly builder: ComputedRef<PaperBuilder | undefined>
  /** What the content lacks while it is not fixed. */
  readonly lacks: ComputedRef<readonly Lacking[]>
  /** Null while something lacks. */
  readonly content: ComputedRef<Content | null>
  readonly about: ComputedRef<readonly string[]>
  /** Where a field of the content is written, by its dotted path. */
  placeOf(path: string): RouteLocationRaw
  /** The exact text of the content: what is signed. */
  readonly text: ComputedRef<string>
  readonly number: ComputedRef<Shown<'number'> | undefined>
  readonly document: ComputedRef<Shown<'document'> | undefined>
  readonly signers: ComputedRef<readonly Signer[]>
  readonly hands: ComputedRef<Hands>
  readonly step: ComputedRef<PaperStep>
  /** Another screen of the paper. */
  go(name: string, extra?: Readonly<Record<string, string>>): void
  replace(name: string): void
  /** To the list of papers. */
  back(): void
  /** Back to what this screen hangs under. */
  up(): void
}

const NO_HANDS: Hands = { officers: new Map(), party: null, refused: null }

export function usePaper(): Paper {
  const store = useStore()
  const clock = useClock()
  const route = useRoute()
  const router = useRouter()
  const way = useWayBack()
  const papers = usePapers()
  const officers = useRegister('officers', 'officer')
  const packs = useRegister('packs', 'pack')
  const turn = shallowRef(0)
  const hash = shallowRef('')
  onScopeDispose(store.subscribe(() => (turn.value += 1)))
  const following = <Value>(read: () => Value): ComputedRef<Value> =>
    computed(() => (void turn.value, read()))

  const draft = String(route.params.id)
  const dossier = String(route.query.dossier ?? '')
  const record = following((): Draft | undefined => store.record(dossier, 'draft', draft)?.values)
  const kind = computed(() => record.value?.kind ?? '')
  const at = computed((): DraftAt => ({ dossier, draft, kind: kind.value }))
  const builder = computed(() => papers[kind.value])
  const number = following(() => numberOf(store, dossier, draft))
  const document = following(() => issuedOf(store, dossier, draft))
  const fixed = computed(() => number.value !== undefined || document.value !== undefined)

  const composed = following((): DraftContent | readonly Lacking[] => {
    void packs.value
    return builder.value ? draftContent(builder.value, dossier, store, clock.now()) : []
  })
  const content = computed((): Content | null => {
    if (fixed.value) return JSON.parse(record.value?.content || 'null') as Content | null
    return isContent(composed.value) ? composed.value.content : null
  })
  const text = computed(() => {
    if (fixed.value) return record.value?.content ?? ''
    return content.value ? contentText(content.value) : ''
  })
  watch(text, hashed, { immediate: true })

  async function hashed(now: string): Promise<void> {
    hash.value = now === '' ? '' : await hashOf(now)
  }

  const given = following(() => signaturesOf(store, dossier, draft, hash.value))
  const signers = computed(() => {
    const [said, form] = [content.value, builder.value]
    return said && form ? signersOf(said, form.party, officers.value.rows, given.value) : []
  })
  const params = { id: draft }
  const query = { dossier }

  return {
    store,
    clock,
    at,
    builder,
    lacks: computed(() => (fixed.value || isContent(composed.value) ? [] : composed.value)),
    content,
    about: computed(() => (isContent(composed.value) ? composed.value.about : [])),
    placeOf: (path) => {
      const home = { name: 'visit.home', params: { id: dossier } }
      return isContent(composed.value) ? composed.value.written(path) : home
    },
    text,
    number,
    document,
    signers,
    hands: computed(() => {
      return content.value ? handsOf(content.value, officers.value.rows, given.value) : NO_HANDS
    }),
    step: computed(() => currentStep(fixed.value, signers.value, document.value !== undefined)),
    go: (name, extra = {}) => void router.push({ name, params: { ...params, ...extra }, query }),
    replace: (name) => void router.replace({ name, params, query }),
    back: () => way.backTo({ name: 'doc.list', params: { id: dossier } }),
    up: way.up,
  }
}
