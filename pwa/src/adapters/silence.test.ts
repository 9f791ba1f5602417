import { describe, expect, it } from 'vitest'
import { loudness, watchSilence } from './silence'

describe('a flat microphone', () => {
  it('is told once, only after more than the limit', () => {
    const hear = watchSilence(10_000)
    const said = [0, 5_000, 10_000, 10_100, 20_000].map((at) => hear(0, at))
    expect(said).toEqual([undefined, undefined, undefined, 'silent', undefined])
  })

  it('that hears again is told once, and may fall silent again', () => {
    const hear = watchSilence(1_000)
    hear(0, 0)
    expect(hear(0, 1_001)).toBe('silent')
    expect([hear(3, 1_100), hear(3, 1_200)]).toEqual(['heard', undefined])
    expect([hear(0, 2_000), hear(0, 3_001)]).toEqual([undefined, 'silent'])
  })

  it('that hears something now and then is not silent', () => {
    const hear = watchSilence(1_000)
    const said = [0, 900, 1_800, 2_700].flatMap((at) => [hear(0, at), hear(1, at + 50)])
    expect(said.every((word) => word === undefined)).toBe(true)
  })
})

describe('loudness', () => {
  const tone = (peak: number) => Float32Array.from({ length: 480 }, (_, n) => peak * (-1) ** n)

  it('runs from nothing to full scale', () => {
    expect(loudness(new Float32Array(480))).toBe(0)
    expect(loudness(tone(0.001))).toBe(0)
    expect(loudness(tone(0.1))).toBe(67)
    expect(loudness(tone(1))).toBe(100)
    expect(loudness(tone(1.4))).toBe(100)
  })
})
