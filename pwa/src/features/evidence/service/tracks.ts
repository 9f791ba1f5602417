/** What a recording must leave behind to be found again: whose it is and how far it came. */

import type { Author } from '../author'
import type { Journal } from './journal'

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
  /** Null for a recording that is none of the author's. */
  of(author: Author, recording: string): Promise<Track | null>
  /** The recording of the dossier that an earlier page has not stopped. */
  unfinished(author: Author, dossier: string): Promise<Track | null>
  /** Behind the lock it waits for its officer. */
  keep(author: Author, track: Track): Promise<void>
  /** It has come so far at least: what was kept may lag behind its files. */
  reached(author: Author, recording: string, at: Partial<Reach>): Promise<void>
}

export function tracksOf(journal: Journal): Tracks {
  const of: Tracks['of'] = async (author, recording) =>
    ((await author.kept(`evidence/recording/${recording}`)) as Track | undefined) ?? null
  const put = async (author: Author, track: Track): Promise<void> => {
    await author.keep(`evidence/recording/${track.recording}`, track)
    await author.keep(`evidence/current/${track.dossier}`, track.recording)
  }
  return {
    of,
    async unfinished(author, dossier) {
      const recording = await author.kept(`evidence/current/${dossier}`)
      const track = typeof recording === 'string' ? await of(author, recording) : null
      return track === null || track.stopped ? null : track
    },
    keep: (author, track) => journal.write(author, () => put(author, track)),
    reached: (author, recording, at) =>
      journal.write(author, async () => {
        const track = await of(author, recording)
        if (track === null) return
        const next = Math.max(track.next, at.next ?? 0)
        const until = Math.max(track.until, at.until ?? 0)
        if (next > track.next || until > track.until) await put(author, { ...track, next, until })
      }),
  }
}
