/**
 * The one recording of this page. Its facts go through the journal, so that a lock in the middle
 * costs nothing: they are of the officer who began it, whoever uses the phone meanwhile. What is
 * shown follows each event of the adapter.
 */

import { shallowRef, type ShallowRef } from 'vue'

import { type RecorderEvent, type Recording, segmentId } from '@/adapters/recording'

import type { Author, Whose } from '../author'
import { noteCustody } from '../commands'
import type { RecorderView } from '../model'
import { bareType } from '../rules'
import type { Journal } from './journal'
import type { Keeping } from './keeping'
import type { EvidencePorts } from './ports'
import type { Track, Tracks } from './tracks'

export interface Recorder {
  readonly view: Readonly<ShallowRef<RecorderView>>
  start(dossier: string): Promise<void>
  pause(why: string): Promise<void>
  resume(): Promise<void>
  /**
   * Ends the recording of the dossier, if this is the one. Settles when all that was recorded is
   * evidence, as far as it could be kept; a colleague's is once he is back, nobody waits for that.
   */
  stop(dossier: string): Promise<void>
  mark(words: string): Promise<void>
  /** The officer has been told of the gaps so far. */
  gapsTold(): void
  position(): { readonly recording: string; readonly offset: number } | null
  /** Null while it is off. */
  running(): Running | null
}

/** Whose recording it is, and of what. */
export interface Running {
  readonly author: Author
  readonly dossier: string
  readonly recording: string
}

export interface RecorderParts {
  readonly ports: EvidencePorts
  readonly whose: Whose
  readonly journal: Journal
  readonly keeping: Keeping
  readonly tracks: Tracks
  /** A segment of the dossier is evidence now or could not be sealed, or the recording has ended. */
  readonly settled: (author: Author, dossier: string) => Promise<void>
}

const LEVELS = 14
const OFF: RecorderView = {
  state: 'off',
  dossier: '',
  recording: '',
  elapsedMs: 0,
  levels: [],
  silent: false,
  lostMs: 0,
  lostBy: '',
  reason: '',
  since: 0,
}

export function recorderOf(parts: RecorderParts): Recorder {
  const { ports, whose, journal, keeping, tracks } = parts
  const { clock, locks } = ports
  const view = shallowRef(OFF)
  let live: Recording | null = null
  let track: Track | null = null
  let author = whose()
  let release = (): void => undefined
  /** Recorded by earlier pages, ms. */
  let before = 0
  /** Settles when every segment sealed so far has been dealt with. */
  let entered: Promise<unknown> = Promise.resolve()

  const show = (change: Partial<RecorderView>): void => {
    view.value = { ...view.value, ...change }
  }

  const moved = (change: Partial<Track>): void => {
    if (track === null) return
    track = { ...track, ...change }
    tracks.keep(author, track).catch(ports.onTrouble)
  }

  const note = (by: Author, act: Parameters<typeof noteCustody>[2]): void => {
    const dossier = view.value.dossier
    const noted = journal.write(by, () => noteCustody({ author: by, locks }, dossier, act))
    noted.catch(ports.onTrouble)
  }

  const settle = (dossier: string): void =>
    void parts.settled(author, dossier).catch(ports.onTrouble)

  const sealed = (event: Extract<RecorderEvent, { kind: 'segment_sealed' }>): void => {
    if (track === null || event.slices === 0) return
    const { dossier, recording, officer } = track
    const { segment: index, id: file, bytes, sha256 } = event
    const segment = { recording, index, started: event.started_ms, ended: event.ended_ms }
    const about = { kind: 'audio', type: bareType(event.mime), of: dossier, imported: false }
    const made = { officer, captured: event.started_ms, bounds: keeping.bounds() }
    const fields = { ...about, ...made, segment }
    moved({ until: event.ended_ms })
    const by = author
    const adopted = keeping
      .adopt(by, { file, bytes, sha256 }, { dossier, key: recording, fields })
      .then(() => parts.settled(by, dossier))
      .catch(ports.onTrouble)
    entered = Promise.all([entered, adopted])
  }

  const heard = (event: RecorderEvent): void => {
    switch (event.kind) {
      case 'started':
        return moved({
          type: bareType(event.mime),
          starts: { ...track?.starts, [event.segment]: event.at },
          next: event.segment + 1,
        })
      case 'slice':
        return show({ elapsedMs: before + event.elapsed })
      case 'level':
        return show({ levels: [...view.value.levels, event.level / 100].slice(-LEVELS) })
      case 'silent':
      case 'heard':
        return show({ silent: event.kind === 'silent' })
      case 'segment_sealed':
        return sealed(event)
      case 'interrupted': {
        const state = event.reason === 'pause' ? 'paused' : 'interrupted'
        return show({ state, reason: event.why ?? event.reason, since: event.from, silent: false })
      }
      case 'gap':
        return closedGap(event)
      case 'trouble':
        if (live?.state() !== 'recording') show({ state: 'trouble', reason: event.error.code })
        return settle(view.value.dossier)
      case 'stopped': {
        const { dossier } = view.value
        moved({ stopped: true, until: event.at })
        view.value = OFF
        release()
        return settle(dossier)
      }
    }
  }

  const closedGap = (event: Extract<RecorderEvent, { kind: 'gap' }>): void => {
    const { from, to, reason, why = '', missing } = event
    const what = missing === 'picture' ? 'picture' : reason
    note(author, { act: 'gap', at: from, until: to, reason: what, words: why })
    if (missing === 'picture') return
    moved({ until: to })
    show({ state: 'recording', since: 0, ...(reason === 'pause' ? {} : lost(to - from, reason)) })
  }

  /** One restart may leave several gaps; the officer is told their sum. */
  const lost = (ms: number, reason: string): Partial<RecorderView> => {
    const { lostMs, lostBy } = view.value
    return { lostMs: lostMs + ms, lostBy: ms > lostMs ? reason : lostBy }
  }

  /** As long as it is held no tab takes a new version of the app. */
  const hold = (lock: string): void => {
    release()
    const held = new Promise<void>((resolve) => (release = resolve))
    ports.locks.request(lock, () => held).catch(ports.onTrouble)
  }

  const begin = async (dossier: string): Promise<void> => {
    author = whose()
    entered = Promise.resolve()
    const earlier = await tracks.unfinished(author, dossier)
    const { officer } = author
    const recording = earlier?.recording ?? ports.newName()
    const fresh = { dossier, recording, officer, type: '', starts: {}, next: 0, until: clock.now() }
    track = earlier ?? { ...fresh, stopped: false }
    await tracks.keep(author, track)
    before = recordedMs(author, track)
    show({ recording, elapsedMs: before })
    const key = await author.newDataKey(recording)
    const { lock, ...how } = ports.recording
    const plan = { recording, key, kind: 'audio' as const, ...how }
    const continues = { segment: track.next, until: track.until }
    const begun = await ports.record(earlier ? { ...plan, continues } : plan, heard)
    if (!begun.ok) return show({ state: 'trouble', reason: begun.error.code, since: clock.now() })
    live = begun.value
    hold(lock)
    if (earlier === null) note(author, { act: 'recording_started', at: clock.now(), words: recording })
    show({ state: 'recording', since: 0 })
  }

  return {
    view,
    async start(dossier) {
      if (view.value.state !== 'off' && view.value.state !== 'trouble') return
      if (view.value.state === 'trouble' && live !== null) return
      show({ ...OFF, state: 'starting', dossier })
      await begin(dossier)
    },
    pause: async (why) => live?.pause(why),
    async resume() {
      if (live === null) return begin(view.value.dossier)
      const again = await live.resume()
      if (!again.ok) show({ state: 'trouble', reason: again.error.code })
    },
    async stop(dossier) {
      if (view.value.dossier === dossier) {
        await live?.stop()
        live = null
        view.value = OFF
      }
      if (author.isHere()) await entered
    },
    mark: async (words) => note(whose(), { act: 'mark', at: clock.now(), words }),
    gapsTold: () => show({ lostMs: 0, lostBy: '' }),
    position: () => {
      const { state, recording, elapsedMs } = view.value
      return state === 'recording' ? { recording, offset: elapsedMs } : null
    },
    running: () => {
      const { state, dossier, recording } = view.value
      return state === 'off' ? null : { author, dossier, recording }
    },
  }
}

/** What is already evidence of a recording, ms. */
function recordedMs(author: Author, { dossier, recording }: Track): number {
  const segments = author.records(dossier, 'evidence').map(({ values }) => values.segment)
  return segments
    .filter((segment) => segment?.recording === recording)
    .reduce((sum, segment) => sum + (segment ? segment.ended - segment.started : 0), 0)
}

/** Whether a file is a segment of the recording. */
export function isSegmentOf(recording: string, file: string): boolean {
  return recording !== '' && file.startsWith(segmentId(recording, 0).slice(0, -1))
}
