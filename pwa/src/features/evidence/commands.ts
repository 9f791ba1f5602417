/** The writers of `evidence` and `custody`. Numbers of a run are taken one at a time. */

import type { Custody, Records } from '@contract/records'

import type { Shown, StoreDeps } from '@/store'

import type { Author } from './author'
import { newestRun, nextNumber, openRuns, runOf } from './rules'

export type CustodyAct = Pick<Custody, 'evidence' | 'at' | 'until' | 'reason' | 'words'> & {
  readonly act: 'captured' | 'recording_started' | 'mark' | 'gap' | 'discarded' | 'trimmed'
}

/** Two tabs never give the same number. */
export interface Numbering {
  readonly author: Author
  readonly locks: StoreDeps['locks']
}

const LANE = 'anxun-custody'

/**
 * One file as evidence, and its `captured`. May be repeated: what is there already is not written
 * twice. Resolves with the evidence record.
 */
export async function recordEvidence(
  { author, locks }: Numbering,
  dossier: string,
  fields: Records['evidence'],
): Promise<string> {
  return locks.request(LANE, async () => {
    const known = findEvidence(author, dossier, fields)
    const made = known ? [known.id] : await author.append([{ dossier, entity: 'evidence', fields }])
    const evidence = made[0] ?? ''
    const captured = ledgerOf(author, dossier).some(
      ({ values }) => values.act === 'captured' && values.evidence === evidence,
    )
    const at = fields.captured ?? 0
    if (!captured) await number(author, dossier, { act: 'captured', evidence, at }, runOf(evidence))
    return evidence
  })
}

export async function noteCustody(
  { author, locks }: Numbering,
  dossier: string,
  act: CustodyAct,
): Promise<void> {
  await locks.request(LANE, () => number(author, dossier, act, currentRun(author, dossier)))
}

/** `at`: UTC ms. Nothing where nothing was captured since the run was closed last. */
export async function closeRuns(
  { author, locks }: Numbering,
  dossier: string,
  at: number,
): Promise<void> {
  await locks.request(LANE, async () => {
    for (const run of openRuns(author.device, ledgerOf(author, dossier))) {
      await number(author, dossier, { act: 'run_closed', at }, run)
    }
  })
}

/** This phone's own record of the same bytes: the same segment, or of the same moment. */
function findEvidence(
  author: Author,
  dossier: string,
  { sha256, captured, segment }: Records['evidence'],
): Shown<'evidence'> | undefined {
  const { device } = author
  const isSame = (known: Records['evidence']): boolean =>
    segment
      ? known.segment?.recording === segment.recording && known.segment.index === segment.index
      : known.captured === captured
  return author
    .records(dossier, 'evidence')
    .find((each) => each.device === device && each.values.sha256 === sha256 && isSame(each.values))
}

async function number(
  author: Author,
  dossier: string,
  act: Records['custody'],
  run: string,
): Promise<void> {
  const n = nextNumber(run, ledgerOf(author, dossier))
  await author.append([{ dossier, entity: 'custody', fields: { n, ...act } }])
}

function currentRun(author: Author, dossier: string): string {
  const names = [...author.records(dossier, 'evidence'), ...ledgerOf(author, dossier)]
  return newestRun(author.device, names.map(({ id }) => id))
}

function ledgerOf(author: Author, dossier: string): readonly Shown<'custody'>[] {
  return author.records(dossier, 'custody')
}
