/** The writers of `evidence` and `custody`. Numbers of a run are taken one at a time. */

import type { Custody, Records } from '@contract/records'

import type { Shown, Store, StoreDeps } from '@/store'

import { newestRun, nextNumber, openRuns, runOf } from './rules'

export type CustodyAct = Pick<Custody, 'evidence' | 'at' | 'until' | 'reason' | 'words'> & {
  readonly act: 'captured' | 'recording_started' | 'mark' | 'gap' | 'discarded' | 'trimmed'
}

/** Two tabs never give the same number. */
export interface Numbering {
  readonly store: Store
  readonly locks: StoreDeps['locks']
}

const LANE = 'anxun-custody'

/**
 * One file as evidence, and its `captured`. May be repeated: what is there already is not written
 * twice. Resolves with the evidence record.
 */
export async function recordEvidence(
  numbering: Numbering,
  dossier: string,
  fields: Records['evidence'],
): Promise<string> {
  const { store, locks } = numbering
  return locks.request(LANE, async () => {
    const known = findEvidence(store, dossier, fields)
    const made = known ? [known.id] : await store.append([{ dossier, entity: 'evidence', fields }])
    const evidence = made[0] ?? ''
    const captured = ledgerOf(store, dossier).some(
      ({ values }) => values.act === 'captured' && values.evidence === evidence,
    )
    const at = fields.captured ?? 0
    if (!captured) await number(store, dossier, { act: 'captured', evidence, at }, runOf(evidence))
    return evidence
  })
}

export async function noteCustody(
  { store, locks }: Numbering,
  dossier: string,
  act: CustodyAct,
): Promise<void> {
  await locks.request(LANE, () => number(store, dossier, act, currentRun(store, dossier)))
}

/** `at`: UTC ms. Nothing where nothing was captured since the run was closed last. */
export async function closeRuns(
  { store, locks }: Numbering,
  dossier: string,
  at: number,
): Promise<void> {
  await locks.request(LANE, async () => {
    const device = store.person()?.device ?? ''
    for (const run of openRuns(device, ledgerOf(store, dossier))) {
      await number(store, dossier, { act: 'run_closed', at }, run)
    }
  })
}

/** This phone's own record of the same bytes: the same segment, or of the same moment. */
function findEvidence(
  store: Store,
  dossier: string,
  { sha256, captured, segment }: Records['evidence'],
): Shown<'evidence'> | undefined {
  const device = store.person()?.device
  const isSame = (known: Records['evidence']): boolean =>
    segment
      ? known.segment?.recording === segment.recording && known.segment.index === segment.index
      : known.captured === captured
  return store
    .records(dossier, 'evidence')
    .find((each) => each.device === device && each.values.sha256 === sha256 && isSame(each.values))
}

async function number(
  store: Store,
  dossier: string,
  act: Records['custody'],
  run: string,
): Promise<void> {
  const n = nextNumber(run, ledgerOf(store, dossier))
  await store.append([{ dossier, entity: 'custody', fields: { n, ...act } }])
}

function currentRun(store: Store, dossier: string): string {
  const names = [...store.records(dossier, 'evidence'), ...ledgerOf(store, dossier)]
  return newestRun(store.person()?.device ?? '', names.map(({ id }) => id))
}

function ledgerOf(store: Store, dossier: string): readonly Shown<'custody'>[] {
  return store.records(dossier, 'custody')
}
