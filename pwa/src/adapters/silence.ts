export type Hearing = 'silent' | 'heard'

/**
 * Watches sound levels for a dead microphone. Fed a level (0 to 100) and a monotonic time (ms), it
 * says 'silent' once when the level has been 0 for longer than `limitMs`, and 'heard' once when
 * sound comes back.
 */
export function watchSilence(limitMs: number): (level: number, at: number) => Hearing | undefined {
  let flatSince: number | undefined
  let silent = false
  return (level, at) => {
    if (level > 0) {
      flatSince = undefined
      const back = silent
      silent = false
      return back ? 'heard' : undefined
    }
    flatSince ??= at
    if (silent || at - flatSince <= limitMs) return undefined
    silent = true
    return 'silent'
  }
}

/** Loudness of samples (each −1 to 1) as 0 to 100, where 0 is −60 dB of full scale or less. */
export function loudness(samples: Float32Array): number {
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length
  const decibel = 10 * Math.log10(power)
  return Math.round(Math.min(100, Math.max(0, (decibel + 60) / 0.6)))
}
