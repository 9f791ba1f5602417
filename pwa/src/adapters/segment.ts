/** One segment of a recording: one MediaRecorder writing into one evidence file. */
import type { BlobError } from './blob-error'
import type { Clock } from './clock'
import type { BlobStore, BlobWriter, Sealed } from './opfs'
import { type Outcome, done, failed } from './outcome'

export interface SegmentPlan {
  readonly number: number
  readonly id: string
  readonly key: CryptoKey
  readonly stream: MediaStream
  readonly mime: string
  readonly audioBits: number
  readonly videoBits: number
  readonly sliceMs: number
}

export interface SegmentSlice {
  readonly segment: number
  readonly index: number
  /** Plain bytes of the segment stored so far. */
  readonly bytes: number
}

export interface SegmentSeal extends Sealed {
  /** Wall clock at the first sample, ms UTC. */
  readonly started_ms: number
  /** `started_ms` plus the monotonic duration: a phone set while recording cannot stretch it. */
  readonly ended_ms: number
}

export interface Segment {
  readonly number: number
  readonly id: string
  /** Milliseconds since its first sample. */
  age(): number
  /** `until`: monotonic time of the last sample that counts. */
  stop(until: number): Promise<Outcome<SegmentSeal, BlobError>>
}

export interface SegmentEvents {
  stored(slice: SegmentSlice): void
  /** The file takes no more; what was stored is kept. `stop` tells the error. */
  broken(): void
}

export async function startSegment(
  ports: { readonly store: BlobStore; readonly clock: Clock },
  plan: SegmentPlan,
  events: SegmentEvents,
): Promise<Outcome<Segment, BlobError>> {
  const file = await ports.store.create(plan.id, plan.key)
  if (!file.ok) return file
  try {
    return done(record(file.value, ports.clock, plan, events))
  } catch (cause) {
    await file.value.abandon()
    return failed({ code: 'failed', detail: String(cause) })
  }
}

function record(
  file: BlobWriter,
  clock: Clock,
  plan: SegmentPlan,
  events: SegmentEvents,
): Segment {
  const recorder = new MediaRecorder(plan.stream, {
    mimeType: plan.mime,
    audioBitsPerSecond: plan.audioBits,
    videoBitsPerSecond: plan.videoBits,
  })
  const slices = keepSlices(recorder, file, plan.number, events)
  const reading = () => ({ wall: clock.now(), monotonic: clock.monotonic() })
  let begin = reading()
  recorder.onstart = () => {
    begin = reading()
  }
  recorder.start(plan.sliceMs)
  return {
    number: plan.number,
    id: plan.id,
    age: () => clock.monotonic() - begin.monotonic,
    async stop(until) {
      const lasted = Math.max(0, Math.round(until - begin.monotonic))
      const span = { started_ms: begin.wall, ended_ms: begin.wall + lasted }
      if (recorder.state !== 'inactive') recorder.stop()
      const trouble = await slices.ended()
      if (trouble) return failed(trouble)
      const sealed = await file.finish()
      return sealed.ok ? done({ ...sealed.value, ...span }) : sealed
    },
  }
}

/** Stores the slices in the order they come; `ended` waits for the last and tells what failed. */
function keepSlices(
  recorder: MediaRecorder,
  file: BlobWriter,
  segment: number,
  events: SegmentEvents,
): { ended(): Promise<BlobError | undefined> } {
  let trouble: BlobError | undefined
  let tail = Promise.resolve()
  const keep = async (data: Blob) => {
    if (trouble) return
    const kept = await file.append(new Uint8Array(await data.arrayBuffer()))
    if (kept.ok) return events.stored({ segment, ...kept.value })
    trouble = kept.error
    events.broken()
  }
  recorder.ondataavailable = ({ data }) => {
    if (data.size > 0) tail = tail.then(() => keep(data))
  }
  const stopped = new Promise<void>((resolve) => {
    recorder.onstop = () => resolve()
  })
  return { ended: () => stopped.then(() => tail).then(() => trouble) }
}
