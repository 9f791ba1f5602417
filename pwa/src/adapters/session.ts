/**
 * The running of one recording. Everything that changes segments goes through one queue, so that a
 * call coming in while a segment changes finds either the old order or the new one.
 */
import type { BlobError } from './blob-error'
import { inOrder } from './in-order'
import { type Outcome, done } from './outcome'
import {
  type Gap,
  type RecorderError,
  type RecorderEvent,
  type RecorderPorts,
  type RecorderState,
  type Recording,
  type RecordingPlan,
  segmentId,
} from './recording'
import { type Segment, type SegmentSlice, startSegment } from './segment'
import { type Source, type SourceEvents, openSource } from './source'

interface Moment {
  readonly wall: number
  readonly monotonic: number
}

/** Slices further apart than this on the wall clock mean that the phone slept between them. */
const SLEEP_MS = 5_000

export class RecordingSession implements Recording {
  #state: RecorderState = 'interrupted'
  #source: Source | undefined
  #segment: Segment | undefined
  /** The segment that runs on until its successor has stored a slice. */
  #outgoing: Segment | undefined
  #next: number
  #gap: Gap | undefined
  #recorded = 0
  #runFrom = 0
  #lastSlice: Moment
  readonly #queue = inOrder()

  constructor(
    private readonly ports: RecorderPorts,
    private readonly plan: RecordingPlan,
    private readonly mime: string,
    private readonly emit: (event: RecorderEvent) => void,
  ) {
    this.#next = plan.continues?.segment ?? 0
    this.#lastSlice = this.#moment()
    if (plan.continues) {
      this.#gap = { reason: 'page_load', missing: 'all', from: plan.continues.until }
    }
  }

  state(): RecorderState {
    return this.#state
  }

  begin(): Promise<Outcome<void, RecorderError>> {
    return this.#queue(async () => {
      const begun = await this.#run()
      if (begun.ok) this.ports.devices.addEventListener('devicechange', this.#deviceCame)
      else this.#source?.close()
      return begun
    })
  }

  pause(why: string): Promise<void> {
    return this.#queue(() => this.#interrupt('paused', { ...this.#gapFromNow('pause'), why }))
  }

  resume(): Promise<Outcome<void, RecorderError>> {
    return this.#queue(async () => {
      const idle = this.#state === 'paused' || this.#state === 'interrupted'
      return idle ? this.#run() : done(undefined)
    })
  }

  stop(): Promise<void> {
    return this.#queue(async () => {
      if (this.#state === 'stopped') return
      this.#state = 'stopped'
      this.ports.devices.removeEventListener('devicechange', this.#deviceCame)
      await this.#endRun(this.ports.clock.monotonic())
      this.#closeGap()
      this.#source?.close()
      this.emit({ kind: 'stopped', at: this.#moment().wall, elapsed: this.#recorded })
    })
  }

  async #run(): Promise<Outcome<void, RecorderError>> {
    const source = await this.#liveSource()
    if (!source.ok) return source
    const segment = await this.#startSegment(source.value.stream)
    if (!segment.ok) return segment
    this.#state = 'recording'
    this.#lastSlice = this.#moment()
    this.#runFrom = this.#lastSlice.monotonic
    this.#closeGap()
    return done(undefined)
  }

  async #liveSource(): Promise<Outcome<Source, RecorderError>> {
    if (this.#source?.live()) return done(this.#source)
    this.#source?.close()
    const { devices, clock } = this.ports
    const opened = await openSource(devices, clock, this.plan.kind, this.#sourceEvents)
    if (opened.ok) this.#source = opened.value
    return opened
  }

  async #startSegment(stream: MediaStream): Promise<Outcome<Segment, BlobError>> {
    const number = this.#next
    const id = segmentId(this.plan.recording, number)
    const segmentPlan = { ...this.plan, mime: this.mime, id, number, stream }
    const made = await startSegment(this.ports, segmentPlan, {
      stored: (slice) => this.#stored(slice),
      broken: () => this.#broken(number),
    })
    if (made.ok) {
      this.#next += 1
      this.#segment = made.value
      this.emit({ kind: 'started', segment: number, mime: this.mime, at: this.#moment().wall })
    }
    return made
  }

  #stored(slice: SegmentSlice): void {
    const before = this.#lastSlice
    const now = this.#moment()
    this.#lastSlice = now
    const running = this.#state === 'recording' ? now.monotonic - this.#runFrom : 0
    this.emit({ kind: 'slice', ...slice, elapsed: Math.round(this.#recorded + running) })
    if (this.#state !== 'recording') return
    if (now.wall - before.wall > SLEEP_MS) void this.#slept(before)
    else if (this.#outgoing && slice.segment === this.#segment?.number) void this.#sealOutgoing()
    else if (this.#isDue()) void this.#rotate()
  }

  #isDue(): boolean {
    return !this.#outgoing && (this.#segment?.age() ?? 0) >= this.plan.segmentMs
  }

  /** The next recorder starts on the same stream before the last one stops: they overlap. */
  #rotate(): Promise<void> {
    return this.#queue(async () => {
      const old = this.#segment
      if (!old || !this.#source || !this.#isDue()) return
      const next = await this.#startSegment(this.#source.stream)
      if (next.ok) this.#outgoing = old
      else this.emit({ kind: 'trouble', segment: this.#next, error: next.error })
    })
  }

  #sealOutgoing(): Promise<void> {
    return this.#queue(async () => {
      const old = this.#outgoing
      this.#outgoing = undefined
      if (old) await this.#seal(old, this.ports.clock.monotonic())
    })
  }

  /** The wall clock ran on without samples: the phone slept, or somebody set its clock. */
  #slept(before: Moment): Promise<void> {
    return this.#queue(async () => {
      const gap: Gap = { reason: 'sleep', missing: 'all', from: before.wall }
      await this.#interrupt('interrupted', gap, before.monotonic)
      await this.#tryAgain()
    })
  }

  #broken(segment: number): void {
    void this.#queue(async () => {
      if (this.#segment?.number !== segment) return
      await this.#interrupt('interrupted', this.#gapFromNow('device'))
    })
  }

  readonly #sourceEvents: SourceEvents = {
    lost: (reason) =>
      void this.#queue(async () => {
        await this.#interrupt('interrupted', this.#gapFromNow(reason))
        if (reason === 'device') await this.#tryAgain()
      }),
    back: () => void this.#queue(() => this.#tryAgain()),
    pictureGap: (from, to) =>
      this.emit({ kind: 'gap', reason: 'mute', missing: 'picture', from, to }),
    level: (level) => {
      if (this.#state === 'recording') this.emit({ kind: 'level', level })
    },
    hearing: (kind) => {
      if (this.#state === 'recording') this.emit({ kind, at: this.#moment().wall })
    },
  }

  readonly #deviceCame = (): void => {
    void this.#queue(async () => {
      if (this.#gap?.reason === 'device') await this.#tryAgain()
    })
  }

  async #tryAgain(): Promise<void> {
    if (this.#state !== 'interrupted') return
    const again = await this.#run()
    if (!again.ok) this.emit({ kind: 'trouble', segment: this.#next, error: again.error })
  }

  async #interrupt(
    state: RecorderState,
    gap: Gap,
    until = this.ports.clock.monotonic(),
  ): Promise<void> {
    // A pause outranks an interruption: the end of a call must not end what the officer asked for.
    const outranked = state === 'paused' && this.#state === 'interrupted'
    if (this.#state !== 'recording' && !outranked) return
    this.#closeGap(gap.from)
    this.#state = state
    this.#gap = gap
    this.emit({ kind: 'interrupted', ...gap })
    await this.#endRun(until)
  }

  async #endRun(until: number): Promise<void> {
    const ending = [this.#outgoing, this.#segment]
    if (this.#segment) this.#recorded += Math.round(until - this.#runFrom)
    this.#outgoing = undefined
    this.#segment = undefined
    for (const segment of ending) if (segment) await this.#seal(segment, until)
  }

  async #seal(segment: Segment, until: number): Promise<void> {
    const sealed = await segment.stop(until)
    const { number, id } = segment
    this.emit(
      sealed.ok
        ? { kind: 'segment_sealed', segment: number, id, mime: this.mime, ...sealed.value }
        : { kind: 'trouble', segment: number, error: sealed.error },
    )
  }

  /** One gap ends where the next begins: they are one moment, read once. */
  #closeGap(to = this.#moment().wall): void {
    if (this.#gap) this.emit({ kind: 'gap', ...this.#gap, to })
    this.#gap = undefined
  }

  #gapFromNow(reason: Gap['reason']): Gap {
    return { reason, missing: 'all', from: this.#moment().wall }
  }

  #moment(): Moment {
    return { wall: this.ports.clock.now(), monotonic: this.ports.clock.monotonic() }
  }
}
