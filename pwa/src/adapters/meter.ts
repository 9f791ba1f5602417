import { loudness } from './silence'

export interface Meter {
  /** True while the system has taken the sound away, as it does for a phone call. */
  interrupted(): boolean
  close(): void
}

const EVERY_MS = 100
/** 170 ms at 48 kHz: longer than the time between two readings, so that no sound falls between. */
const WINDOW = 8192

/** Measures the loudness of a stream ten times a second; hidden pages get fewer readings. */
export function startMeter(stream: MediaStream, onLevel: (level: number) => void): Meter {
  const context = new AudioContext()
  const analyser = new AnalyserNode(context, { fftSize: WINDOW })
  context.createMediaStreamSource(stream).connect(analyser)
  const samples = new Float32Array(analyser.fftSize)
  const timer = setInterval(() => {
    // A context that may not run yet shows zeros that are not silence.
    if (context.state !== 'running') return void context.resume()
    analyser.getFloatTimeDomainData(samples)
    onLevel(loudness(samples))
  }, EVERY_MS)
  return {
    interrupted: () => context.state === 'interrupted',
    close() {
      clearInterval(timer)
      void context.close()
    },
  }
}
