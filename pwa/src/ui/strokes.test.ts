import { describe, expect, it } from 'vitest'
import { type Stroke, extended, inBox, isLegible, onPad } from './strokes'

const TALL = { width: 360, height: 500 }
const WIDE = { width: 800, height: 200 }

describe('a signature', () => {
  it.each([TALL, WIDE])('fills the box without being stretched ($width × $height)', (pad) => {
    const [left, top] = inBox(0, 0, pad)
    const [right, bottom] = inBox(pad.width, pad.height, pad)
    expect(Math.min(left, top)).toBe(0)
    expect((right - left) / (bottom - top)).toBeCloseTo(pad.width / pad.height, 1)
  })

  it('is drawn again where it was written', () => {
    const [x, y] = onPad(inBox(100, 80, WIDE), WIDE)
    expect(Math.abs(x - 100)).toBeLessThan(1)
    expect(Math.abs(y - 80)).toBeLessThan(1)
  })

  it('stays in the box when the finger leaves the pad', () => {
    expect(inBox(-50, 9000, TALL)).toEqual([316, 400])
    expect(inBox(-5000, -5000, TALL)).toEqual([0, 0])
  })

  it('of integers only', () => {
    expect(inBox(12.345, 67.891, TALL).every(Number.isInteger)).toBe(true)
  })

  it('does not keep points that say nothing new', () => {
    const stroke: Stroke = [[10, 10]]
    expect(extended(stroke, [11, 11])).toBe(stroke)
    expect(extended(stroke, [20, 10])).toEqual([
      [10, 10],
      [20, 10],
    ])
  })

  it.each<[string, readonly Stroke[]]>([
    ['nothing', []],
    ['one dot', [[[500, 200]]]],
    ['a smudge', [[[500, 200], [510, 205]], [[505, 198]]]],
  ])('is not %s', (_, strokes) => {
    expect(isLegible(strokes)).toBe(false)
  })

  it('may be a single line', () => {
    expect(isLegible([[[100, 200], [700, 210]]])).toBe(true)
  })
})
