/** After a kill: what the files hold becomes evidence, and what is missing becomes a gap. */

import { digestStream } from '@/adapters/digest'
import { type InOrder, inOrder } from '@/adapters/in-order'
import type { Recovered } from '@/adapters/opfs'

import type { Author, Whose } from '../author'
import { type CustodyAct, noteCustody } from '../commands'
import type { RecoveredRecording } from '../model'
import type { Files } from './files'
import type { Journal } from './journal'
import type { Draft, Keeping } from './keeping'
import type { EvidencePorts } from './ports'
import { isSegmentOf } from './recorder'
import type { Track, Tracks } from './tracks'

export interface RecoveryParts {
  readonly ports: EvidencePorts
  readonly whose: Whose
  readonly journal: Journal
  readonly files: Files
  readonly keeping: Keeping
  readonly tracks: Tracks
  /** The recording that runs in this page; '' = none. */
  readonly running: () => string
  /** What lay unrecorded of the dossier is evidence now. */
  readonly settled: (author: Author, dossier: string) => Promise<void>
}

export interface Recovery {
  /** Everything of this officer that lies unrecorded; remembered until its recording goes on. */
  run(): Promise<readonly RecoveredRecording[]>
}

interface TakenUp {
  readonly dossier: string
  /** The recording whose writer was killed; null for anything else. */
  readonly killed: Track | null
}

const SEGMENT = /^(.+)\.(\d+)$/

export function recoveryOf(parts: RecoveryParts): Recovery {
  const { ports, whose, files, tracks, running, settled } = parts
  /** One an officer: what the lock has cut short for one must not hold up the next. */
  const lanes = new Map<string, InOrder>()
  const found = new Map<string, RecoveredRecording>()

  const laneOf = ({ device }: Author): InOrder => {
    const lane = lanes.get(device) ?? inOrder()
    lanes.set(device, lane)
    return lane
  }

  const run = async (author: Author): Promise<void> => {
    if (ports.store.gate() !== 'open' || !author.isHere()) return
    await files.load()
    const listed = await ports.blobs.list()
    const names = listed.ok ? listed.value.filter((each) => !isSegmentOf(running(), each)) : []
    for (const [recording, next] of numbersAfter(names)) {
      await tracks.reached(author, recording, { next })
    }
    const linked = new Set(files.all().map(({ file }) => file))
    const dossiers = new Set<string>()
    for (const name of names.filter((each) => !linked.has(each))) {
      const taken = await takeUp(parts, author, name)
      if (taken === null) continue
      dossiers.add(taken.dossier)
      if (taken.killed) found.set(taken.killed.recording, toldOf(ports, taken.killed))
    }
    found.delete(running())
    for (const dossier of dossiers) await settled(author, dossier)
  }

  return {
    run: () => {
      const author = whose()
      return laneOf(author)(async () => {
        await run(author)
        const recordings = [...found.keys()]
        const told = await Promise.all(recordings.map((each) => tracks.of(author, each)))
        return told.flatMap((track) => (track ? (found.get(track.recording) ?? []) : []))
      })
    },
  }
}

/** Recording → next number, by the files: a track may not know one begun behind the lock. */
function numbersAfter(names: readonly string[]): ReadonlyMap<string, number> {
  const next = new Map<string, number>()
  for (const name of names) {
    const [, recording, index] = SEGMENT.exec(name) ?? []
    if (recording === undefined) continue
    next.set(recording, Math.max(next.get(recording) ?? 0, Number(index) + 1))
  }
  return next
}

/** One file becomes evidence; null where it is none, or not this officer's. */
async function takeUp(
  parts: RecoveryParts,
  author: Author,
  name: string,
): Promise<TakenUp | null> {
  const { ports, keeping, tracks } = parts
  const { blobs } = ports
  const [, recording = ''] = SEGMENT.exec(name) ?? []
  const track = recording === '' ? null : await tracks.of(author, recording)
  const key = track?.recording ?? (await keeping.draftOf(author, name))?.key
  const dataKey = key === undefined ? null : await author.dataKey(key)
  if (dataKey === null) return null
  const left = await blobs.recover(name, dataKey)
  if (!left.ok) return null
  if (left.value.bytes === 0) {
    await blobs.remove(name)
    return null
  }
  const bytes = await blobs.read(name, dataKey)
  const draft = track
    ? draftOfSegment(ports, track, name, left.value)
    : await keeping.draftOf(author, name)
  if (!bytes.ok || draft === null) return null
  const stored = { file: name, ...(await digestStream(bytes.value)) }
  const evidence = await keeping.adopt(author, stored, draft)
  const { dossier } = draft
  if (track) await tracks.reached(author, track.recording, { until: left.value.modified_ms })
  if (track === null || left.value.finished) return { dossier, killed: null }
  await noteLoss(parts, author, { track, evidence, at: left.value.modified_ms })
  return { dossier, killed: track }
}

/** `at`: UTC ms of the last slice. */
interface Loss {
  readonly track: Track
  readonly evidence: string
  readonly at: number
}

async function noteLoss(
  { ports: { clock, locks }, journal, tracks }: RecoveryParts,
  author: Author,
  { track: { dossier, recording }, evidence, at }: Loss,
): Promise<void> {
  const until = clock.now()
  const note = (act: CustodyAct): Promise<void> =>
    journal.write(author, () => noteCustody({ author, locks }, dossier, act))
  await note({ act: 'trimmed', evidence, at })
  await note({ act: 'gap', at, until, reason: 'page_load' })
  await tracks.reached(author, recording, { until })
}

/** Where the start was not kept (behind the lock), it follows from the bytes and their rate. */
function draftOfSegment(
  { recording: { audioBits }, store }: EvidencePorts,
  { dossier, recording, officer, type, starts }: Track,
  name: string,
  { bytes, modified_ms: ended }: Recovered,
): Draft {
  const index = Number(SEGMENT.exec(name)?.[2])
  const lasted = Math.round((bytes * 8_000) / audioBits)
  const started = Math.min(ended, starts[index] ?? ended - lasted)
  const segment = { recording, index, started, ended }
  const bounds = { after: store.beacon()?.now ?? 0, page: '', monotonic: 0 }
  const about = { kind: 'audio', type, of: dossier, imported: false, captured: started, officer }
  return { dossier, key: recording, fields: { ...about, bounds, segment } }
}

/** A kill costs at most the slice that was being filled. */
function toldOf({ recording: { sliceMs } }: EvidencePorts, track: Track): RecoveredRecording {
  return { dossier: track.dossier, recording: track.recording, lostMs: sliceMs }
}
