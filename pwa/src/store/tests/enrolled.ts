/** A phone of the first officer of the simulated server: enrolled, synced, its dossier on it. */

import type { Store } from '../index'
import { newProfile, openStore, PIN, type Profile, serverPair } from './phone'
import type { Reach, Simulation } from './simulated'

export interface EnrolledPhone {
  readonly dossier: string
  readonly profile: Profile
  readonly reach: Reach
  readonly store: Store
}

/** `officers`: who carry the dossier. */
export async function enrolledPhone(
  server: Simulation,
  officers: readonly string[] = ['of_1'],
): Promise<EnrolledPhone> {
  const { dossier } = (await server.ask('open', { officers })) as { dossier: string }
  const { public: key } = await serverPair()
  const reach = server.reach({ hpke_public: key, sign_public: key })
  const profile = newProfile()
  const store = await openStore(profile, reach)
  await store.login('of_1', 'a password')
  await store.enrol(PIN, 'phone')
  await store.sync()
  return { dossier, profile, reach, store }
}
