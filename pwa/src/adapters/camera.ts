/**
 * Photos as evidence. The bytes are hashed once, at birth: encoding a picture a second time gives
 * other bytes. Time and place are kept as signed facts, not as EXIF.
 */
import { digestBytes, digestStream } from './digest'
import { drawn, fitted, toJpeg } from './image'
import { type Devices, type MediaDenial, closeStream, openMedia } from './media'
import { type Outcome, done, failed } from './outcome'

export type Facing = 'environment' | 'user'

export interface Capture {
  readonly original: Blob
  /** SHA-256 of `original`, lower-case hex. */
  readonly sha256: string
  readonly type: string
  /** An imported file was not made in the app and is marked so (「导入」). */
  readonly origin: 'captured' | 'imported'
}

export type CameraError = MediaDenial | { readonly code: 'no_picture' }

export interface Camera {
  readonly stream: MediaStream
  readonly hasTorch: boolean
  torch(on: boolean): Promise<Outcome<void, CameraError>>
  /** The frame that `video` shows now. */
  photo(video: HTMLVideoElement): Promise<Outcome<Capture, CameraError>>
  close(): void
}

/** The longer side of a photo at most. */
const LONGEST = 2560
const QUALITY = 0.92

export async function openCamera(
  devices: Devices | undefined,
  facing: Facing,
): Promise<Outcome<Camera, CameraError>> {
  const picture = { facingMode: facing, width: { ideal: LONGEST }, height: { ideal: 1920 } }
  const opened = await openMedia(devices, { video: picture })
  if (!opened.ok) return opened
  const stream = opened.value
  const track = stream.getVideoTracks()[0]
  return done({
    stream,
    hasTorch: hasTorch(track),
    torch: (on) => setTorch(track, on),
    photo: takePhoto,
    close: () => closeStream(stream),
  })
}

/** A file from the phone's album, untouched. Reads it once, a piece at a time, to hash it. */
export async function importFile(file: Blob): Promise<Outcome<Capture, CameraError>> {
  try {
    const { sha256 } = await digestStream(file.stream())
    return done({ original: file, sha256, type: file.type, origin: 'imported' })
  } catch {
    return failed({ code: 'no_picture' })
  }
}

async function takePhoto(video: HTMLVideoElement): Promise<Outcome<Capture, CameraError>> {
  if (video.videoWidth === 0) return failed({ code: 'no_picture' })
  const size = fitted({ width: video.videoWidth, height: video.videoHeight }, LONGEST)
  const original = await toJpeg(drawn(video, size), QUALITY)
  if (!original) return failed({ code: 'no_picture' })
  const sha256 = await digestBytes(await original.arrayBuffer())
  return done({ original, sha256, type: 'image/jpeg', origin: 'captured' })
}

function hasTorch(track: MediaStreamTrack | undefined): boolean {
  // Older Safari has tracks without getCapabilities; the DOM types leave torch out of the answer.
  const capabilities: object = track?.getCapabilities?.() ?? {}
  return 'torch' in capabilities && Boolean(capabilities.torch)
}

async function setTorch(
  track: MediaStreamTrack | undefined,
  on: boolean,
): Promise<Outcome<void, CameraError>> {
  // Asked for a lamp it has not, a browser says yes and does nothing.
  if (!track || !hasTorch(track)) return failed({ code: 'unsupported' })
  const light: MediaTrackConstraintSet & { torch: boolean } = { torch: on }
  try {
    await track.applyConstraints({ advanced: [light] })
    return done(undefined)
  } catch {
    return failed({ code: 'unsupported' })
  }
}
