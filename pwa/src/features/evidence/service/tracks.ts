/** What a recording must leave behind to be found again: whose it is and how far it came. */

import type { Journal } from './journal'
import type { EvidencePorts } from './ports'

/** Kept under `evidence/recording/<recording>`. Instants UTC ms by the phone's clock. */
export interface Track {
  readonly dossier: string
  readonly recording: string
  readonly officer: string
  readonly type: string
  /** When each segment began; one begun behind the lock may be missing. */
  readonly starts: Readonly<Record<number, number>>
  readonly next: number
  /** Until when it is accounted for, as sound or as a gap. */
  readonly until: number
  readonly stopped: boolean
}

/** How far a recording has come: the number of its next segment, and until when (UTC ms). */
export type Reach = Pick<Track, 'next' | 'until'>

export interface Tracks {
  of(recording: string): Promise<Track | null>
  /** The recording of the dossier that an earlier page has not stopped. */
  unfinished(dossier: string): Promise<Track | null>
  /** Behind the lock it waits for its officer. */
  keep(track: Track): Promise<void>
  /** It has come so far at least: what was kept may lag behind its files. */
  reached(recording: string, at: Partial<Reach>): Promise<void>
}

export function tracksOf({ store }: EvidencePorts, journal: Journal): Tracks {
  const of: Tracks['of'] = async (recording) =>
    ((await store.kept(`evidence/recording/${recording}`)) as Track | undefined) ?? null
  const put = async (track: Track): Promise<void> => {
    await store.keep(`evidence/recording/${track.recording}`, track)
    await store.keep(`evidence/current/${track.dossier}`, track.recording)
  }
  return {
    of,
    async unfinished(dossier) {
      const recording = await store.kept(`evidence/current/${dossier}`)
      const track = typeof recording === 'string' ? await of(recording) : null
      return track === null || track.stopped ? null : track
    },
    keep: (track) => journal.write(() => put(track)),
    reached: (recording, at) =>
      journal.write(async () => {
        const track = await of(recording)
        if (track === null) return
        const next = Math.max(track.next, at.next ?? 0)
        const until = Math.max(track.until, at.until ?? 0)
        if (next > track.next || until > track.until) await put({ ...track, next, until })
      }),
  }
}
