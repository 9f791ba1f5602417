/** From the door into the visit: the entry kept, the team, a dossier approved or opened here. */

import type { Exempt } from '@contract/records'
import { computed, type ComputedRef, onMounted, type Ref, ref, shallowRef } from 'vue'
import { useRouter } from 'vue-router'

import { useClock } from '@/adapters/use-clock'
import { locate, type Place } from '@/adapters/place'
import { dayOf } from '@/features/deadlines/public'
import { sectorTitle } from '@/features/enterprises/public'
import { useFollowed, useStore } from '@/store/vue'

import {
  addOfficers,
  arrive,
  forgetEntry,
  keepAlong,
  keptAlong,
  keptEntry,
  type KeptEntry,
  openVisit,
  unitFrom,
} from '../../commands'
import { type EnterpriseView, namedOfficers, type Team, teamOf } from '../../enterprise-views'
import { useSenses } from '../../senses'

export interface Start {
  readonly entry: Ref<KeptEntry | null>
  readonly team: ComputedRef<Team>
  readonly sector: ComputedRef<{ readonly id: string; readonly title: string }>
  /** Shows the sheet that asks why, where no plan was approved. */
  readonly asking: Ref<boolean>
  add(officer: string): Promise<void>
  /** To the scanner, to the question why, or into the visit. */
  go(): Promise<void>
  /** `exemption`: why the visit goes on although the year's number is used up. */
  begin(reason: string, exemption?: Exempt | null): Promise<void>
}

/** A scan holds for the day of the visit. */
const HOURS_12 = 12 * 3_600_000
const PLACE_MS = 20_000
const OPENERS = ['R1', 'R2']

/** `id`: the register id or credit code of the enterprise. */
export function useStart(id: string, view: ComputedRef<EnterpriseView | null>): Start {
  const store = useStore()
  const clock = useClock()
  const router = useRouter()
  const entry = shallowRef<KeptEntry | null>(null)
  const added = ref<readonly string[]>([])
  const asking = ref(false)
  /** Asked for on the way in; the arrival does not wait for it. */
  const place = shallowRef<Place | null>(null)
  const { geolocation } = useSenses()
  const sector = useFollowed((from) => {
    const of = view.value?.enterprise.sector ?? ''
    return { id: of, title: sectorTitle(from.register('packs', 'pack').rows, of) }
  })
  const going = computed(() => {
    const me = store.person()?.officer
    return [...new Set([...(view.value?.planned?.officers ?? (me ? [me] : [])), ...added.value])]
  })
  const team = useFollowed((from, now) => {
    return teamOf(namedOfficers(from, going.value), sector.value, dayOf(now))
  })

  /** Whoever presses before the scan is read must not be sent to scan again. */
  const ready = readKept()

  onMounted(() => {
    void locate(geolocation, PLACE_MS).then((found) => {
      if (found.ok) place.value = found.value
    })
  })

  async function readKept(): Promise<void> {
    entry.value = await keptEntry(store, id, clock.now() - HOURS_12)
    added.value = await keptAlong(store, id)
  }

  async function go(): Promise<void> {
    await ready
    if (entry.value === null) {
      await router.push({ name: 'field.scan', query: { enterprise: id } })
    } else if (view.value?.planned && !stopped(view.value)) await begin('')
    else asking.value = true
  }

  async function begin(reason: string, exemption: Exempt | null = null): Promise<void> {
    const person = store.person()
    const known = view.value
    if (person === null || known === null || entry.value === null) return
    const dossier = known.planned?.dossier ?? (await opened(reason))
    await addOfficers(store, dossier, going.value)
    await arrive(store, dossier, person.officer, clock.now(), entry.value, spot(), exemption)
    await forgetEntry(store)
    await keepAlong(store, id, [])
    await router.replace({ name: 'visit.arrive', params: { id: dossier } })
  }

  async function add(officer: string): Promise<void> {
    added.value = [...added.value, officer]
    await keepAlong(store, id, added.value)
  }

  function spot(): { lat: number; lon: number; accuracy: number } | null {
    const found = place.value
    return found && { lat: found.latitude, lon: found.longitude, accuracy: found.accuracy }
  }

  async function opened(reason: string): Promise<string> {
    const person = store.person()
    const known = view.value
    if (person === null || known === null) throw new Error('nobody is here to open a visit')
    const { enterprise, items } = known
    const day = dayOf(clock.now())
    const { id: register, sector: of } = enterprise
    const visit = { unit: unitFrom(enterprise), enterprise: register, sector: of }
    return openVisit(store, person, { ...visit, reason, officers: going.value, items, day })
  }

  return {
    entry,
    team,
    sector,
    asking,
    add,
    go,
    begin,
  }
}

/** At the cap a planned visit waits for a 免限理由 (S3-3.1); one approved as exempt has it. */
export function stopped({ count, planned }: EnterpriseView): boolean {
  return count.over && !planned?.exempt
}

/** 监管与执法分离 (S0-2b): only a section's officers open a supervisory inspection themselves. */
export function mayOpen(person: { sectionKind: string; roles: readonly string[] } | null): boolean {
  if (person === null || person.sectionKind === 'detachment') return false
  return person.roles.some((role) => OPENERS.includes(role))
}
