/** After a kill: what the files hold becomes evidence, and what is missing becomes a gap. */

import { digestStream } from '@/adapters/digest'
import { inOrder } from '@/adapters/in-order'
import type { Recovered } from '@/adapters/opfs'

import { noteCustody } from '../commands'
import type { RecoveredRecording } from '../model'
import type { Files } from './files'
import type { Journal } from './journal'
import type { Draft, Keeping } from './keeping'
import type { EvidencePorts } from './ports'
import { isSegmentOf } from './recorder'
import type { Track, Tracks } from './tracks'

export interface RecoveryParts {
  readonly ports: EvidencePorts
  readonly journal: Journal
  readonly files: Files
  readonly keeping: Keeping
  readonly tracks: Tracks
  /** The recording that runs in this page; '' = none. */
  readonly running: () => string
  /** What lay unrecorded of the dossier is evidence now. */
  readonly settled: (dossier: string) => Promise<void>
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
  const { ports, files, tracks, running, settled } = parts
  const lane = inOrder()
  const found = new Map<string, RecoveredRecording>()

  const run = async (): Promise<void> => {
    if (ports.store.gate() !== 'open') return
    await files.load()
    const listed = await ports.blobs.list()
    const names = listed.ok ? listed.value.filter((each) => !isSegmentOf(running(), each)) : []
    for (const [recording, next] of numbersAfter(names)) await tracks.reached(recording, { next })
    const linked = new Set(files.all().map(({ file }) => file))
    const dossiers = new Set<string>()
    for (const name of names.filter((each) => !linked.has(each))) {
      const taken = await takeUp(parts, name)
      if (taken === null) continue
      dossiers.add(taken.dossier)
      if (taken.killed) found.set(taken.killed.recording, toldOf(ports, taken.killed))
    }
    found.delete(running())
    for (const dossier of dossiers) await settled(dossier)
  }

  return {
    run: () =>
      lane(async () => {
        await run()
        const told = await Promise.all([...found.keys()].map((recording) => tracks.of(recording)))
        return told.flatMap((track) => (track ? (found.get(track.recording) ?? []) : []))
      }),
  }
}

/** The next number of each recording by its files: the track may not know one begun behind the lock. */
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
async function takeUp(parts: RecoveryParts, name: string): Promise<TakenUp | null> {
  const { ports, keeping, tracks } = parts
  const { blobs, store } = ports
  const [, recording = ''] = SEGMENT.exec(name) ?? []
  const track = recording === '' ? null : await tracks.of(recording)
  const key = track?.recording ?? (await keeping.draftOf(name))?.key
  const dataKey = key === undefined ? null : await store.dataKey(key)
  if (dataKey === null) return null
  const left = await blobs.recover(name, dataKey)
  if (!left.ok) return null
  if (left.value.bytes === 0) {
    await blobs.remove(name)
    return null
  }
  const bytes = await blobs.read(name, dataKey)
  const draft = track ? draftOfSegment(ports, track, name, left.value) : await keeping.draftOf(name)
  if (!bytes.ok || draft === null) return null
  const evidence = await keeping.adopt({ file: name, ...(await digestStream(bytes.value)) }, draft)
  const { dossier } = draft
  if (track) await tracks.reached(track.recording, { until: left.value.modified_ms })
  if (track === null || left.value.finished) return { dossier, killed: null }
  await noteLoss(parts, track, evidence, left.value)
  return { dossier, killed: track }
}

async function noteLoss(
  { ports, journal, tracks }: RecoveryParts,
  track: Track,
  evidence: string,
  left: Recovered,
): Promise<void> {
  const { dossier } = track
  const until = ports.clock.now()
  const at = left.modified_ms
  const gap = { act: 'gap', at, until, reason: 'page_load' } as const
  await journal.write(() => noteCustody(ports, dossier, { act: 'trimmed', evidence, at }))
  await journal.write(() => noteCustody(ports, dossier, gap))
  await tracks.reached(track.recording, { until })
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
