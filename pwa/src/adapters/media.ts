/** Opening microphones and cameras: what to ask for, and why it was refused. */
import { type Outcome, done, failed } from './outcome'

export type MediaKind = 'audio' | 'video'

export type MediaDenial =
  | { readonly code: 'denied' }
  | { readonly code: 'no_device' }
  /** Another app, or a phone call, holds the device. */
  | { readonly code: 'device_busy' }
  | { readonly code: 'unsupported' }
  | { readonly code: 'failed'; readonly detail: string }

export type Devices = Pick<
  MediaDevices,
  'getUserMedia' | 'addEventListener' | 'removeEventListener'
>

const DENIALS: Readonly<Record<string, MediaDenial>> = {
  NotAllowedError: { code: 'denied' },
  SecurityError: { code: 'denied' },
  NotFoundError: { code: 'no_device' },
  OverconstrainedError: { code: 'no_device' },
  NotReadableError: { code: 'device_busy' },
  AbortError: { code: 'device_busy' },
}

/** The first the browser can write. All of them can be read up to the point of a kill. */
const MIME_TYPES: Readonly<Record<MediaKind, readonly string[]>> = {
  audio: ['audio/webm;codecs=opus', 'audio/mp4;codecs=mp4a.40.2', 'audio/mp4'],
  video: ['video/webm;codecs=vp8,opus', 'video/webm', 'video/mp4'],
}

/**
 * Echo and noise suppression are off: they take sounds away, and a record of a visit keeps them.
 * Gain control stays on: it only makes a distant speaker louder.
 */
const SOUND = { echoCancellation: false, noiseSuppression: false, autoGainControl: true }
const PICTURE = { width: { ideal: 1280 }, height: { ideal: 720 }, facingMode: 'environment' }

export async function openMedia(
  devices: Devices | undefined,
  constraints: MediaStreamConstraints,
): Promise<Outcome<MediaStream, MediaDenial>> {
  if (!devices) return failed({ code: 'unsupported' })
  try {
    return done(await devices.getUserMedia(constraints))
  } catch (cause) {
    const { name, message } = cause instanceof Error ? cause : new Error(String(cause))
    return failed(DENIALS[name] ?? { code: 'failed', detail: `${name}: ${message}` })
  }
}

export function visitConstraints(kind: MediaKind): MediaStreamConstraints {
  return kind === 'audio' ? { audio: SOUND } : { audio: SOUND, video: PICTURE }
}

export function chooseMime(kind: MediaKind): string | undefined {
  if (typeof MediaRecorder === 'undefined') return undefined
  return MIME_TYPES[kind].find((type) => MediaRecorder.isTypeSupported(type))
}

export function closeStream(stream: MediaStream): void {
  stream.getTracks().forEach((track) => track.stop())
}
