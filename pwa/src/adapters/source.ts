/** The microphone (and camera) of a running recording: its sound level, its losses and returns. */
import type { Clock } from './clock'
import {
  type Devices,
  type MediaDenial,
  type MediaKind,
  closeStream,
  openMedia,
  visitConstraints,
} from './media'
import { startMeter } from './meter'
import { type Outcome, done } from './outcome'
import { watchSilence } from './silence'

export interface SourceEvents {
  /** No sound comes any more. */
  lost(reason: 'call' | 'mute' | 'device'): void
  /** Sound comes again after a call or a mute. */
  back(): void
  /** The camera was away while the sound went on, as when the phone is locked. */
  pictureGap(from: number, to: number): void
  level(level: number): void
  hearing(hearing: 'silent' | 'heard'): void
}

export interface Source {
  readonly stream: MediaStream
  live(): boolean
  close(): void
}

const SILENT_MS = 10_000

export async function openSource(
  devices: Devices,
  clock: Clock,
  kind: MediaKind,
  events: SourceEvents,
): Promise<Outcome<Source, MediaDenial>> {
  const opened = await openMedia(devices, visitConstraints(kind))
  if (!opened.ok) return opened
  const stream = opened.value
  const hear = watchSilence(SILENT_MS)
  const meter = startMeter(stream, (level) => {
    events.level(level)
    const hearing = hear(level, clock.monotonic())
    if (hearing) events.hearing(hearing)
  })
  stream.getTracks().forEach((track) => {
    track.addEventListener('ended', () => events.lost('device'))
  })
  stream.getAudioTracks().forEach((track) => {
    track.addEventListener('mute', () => events.lost(meter.interrupted() ? 'call' : 'mute'))
    track.addEventListener('unmute', () => events.back())
  })
  stream.getVideoTracks().forEach((track) => watchPicture(track, clock, events))
  return done({
    stream,
    live: () => stream.getTracks().every((track) => track.readyState === 'live'),
    close() {
      meter.close()
      closeStream(stream)
    },
  })
}

function watchPicture(track: MediaStreamTrack, clock: Clock, events: SourceEvents): void {
  let from: number | undefined
  track.addEventListener('mute', () => {
    from = clock.now()
  })
  track.addEventListener('unmute', () => {
    if (from !== undefined) events.pictureGap(from, clock.now())
    from = undefined
  })
}
