/**
 * Reading QR codes: the phone's own detector where there is one, else zxing, whose WebAssembly is
 * loaded when first needed and only from our own origin.
 */
import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url'
import type { Clock } from './clock'
import { drawn, fitted } from './image'
import { type Outcome, done, failed } from './outcome'

export interface ScanOptions {
  readonly clock: Clock
  readonly signal: AbortSignal
  /** Called once when no code was read for six seconds; the scan goes on. */
  onUnreadable(): void
}

export type ScanError =
  | { readonly code: 'aborted' }
  /** The reader itself could not be loaded, as on a first start without the network. */
  | { readonly code: 'no_reader' }

type Decode = (frame: ImageData) => Promise<string | undefined>

interface NativeDetector {
  detect(frame: ImageData): Promise<readonly { readonly rawValue: string }[]>
}

interface NativeDetectorClass {
  new (options: { formats: readonly string[] }): NativeDetector
  getSupportedFormats(): Promise<readonly string[]>
}

const UNREADABLE_MS = 6_000
const PAUSE_MS = 80
/** Enough for small modules, small enough for a cheap phone. */
const LONGEST = 1280

let decoder: Promise<Decode> | undefined

/** The text of the code in the frame; undefined when none can be read. */
export async function decodeFrame(frame: ImageData): Promise<string | undefined> {
  decoder ??= chooseDecoder()
  try {
    return await (await decoder)(frame)
  } catch (cause) {
    decoder = undefined
    throw cause
  }
}

/** Reads frames from a playing video until one holds a code or `signal` aborts. */
export async function scan(
  video: HTMLVideoElement,
  options: ScanOptions,
): Promise<Outcome<string, ScanError>> {
  const from = options.clock.monotonic()
  let told = false
  while (!options.signal.aborted) {
    if (video.videoWidth > 0) {
      const read = await decodeFrame(frameOf(video)).then(done, () => NO_READER)
      if (!read.ok) return read
      if (read.value !== undefined && !options.signal.aborted) return done(read.value)
    }
    if (!told && options.clock.monotonic() - from >= UNREADABLE_MS) {
      told = true
      options.onUnreadable()
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
  }
  return failed({ code: 'aborted' })
}

const NO_READER = failed<ScanError>({ code: 'no_reader' })

function frameOf(video: HTMLVideoElement): ImageData {
  const size = fitted({ width: video.videoWidth, height: video.videoHeight }, LONGEST)
  const context = drawn(video, size).getContext('2d')
  if (!context) throw new Error('canvas without 2d context')
  return context.getImageData(0, 0, size.width, size.height)
}

async function chooseDecoder(): Promise<Decode> {
  const native = await nativeDecoder()
  return native ?? zxingDecoder()
}

async function nativeDecoder(): Promise<Decode | undefined> {
  const { BarcodeDetector } = globalThis as { BarcodeDetector?: NativeDetectorClass }
  const formats = (await BarcodeDetector?.getSupportedFormats()) ?? []
  if (!BarcodeDetector || !formats.includes('qr_code')) return undefined
  const detector = new BarcodeDetector({ formats: ['qr_code'] })
  return async (frame) => (await detector.detect(frame))[0]?.rawValue
}

async function zxingDecoder(): Promise<Decode> {
  const { prepareZXingModule, readBarcodes } = await import('zxing-wasm/reader')
  // Left alone, the library would ask a foreign host for its WebAssembly.
  prepareZXingModule({ overrides: { locateFile: () => wasmUrl } })
  return async (frame) => {
    const [found] = await readBarcodes(frame, {
      formats: ['QRCode'],
      tryHarder: true,
      maxNumberOfSymbols: 1,
    })
    return found?.isValid ? found.text : undefined
  }
}
