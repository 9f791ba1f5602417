/** A drawn signature as the papers print it: strokes of integer points in a box of 1000 × 400. */

export type Point = readonly [x: number, y: number]
export type Stroke = readonly Point[]

export const BOX = { width: 1000, height: 400 } as const

/** Less than this across is a dot, not a name. */
const SMALLEST = 40
/** Points nearer than this to the last say nothing new. */
const NEAR = 3

export interface Size {
  readonly width: number
  readonly height: number
}

/** A point of the pad in the box: the pad is fitted into it whole and keeps its proportions. */
export function inBox(x: number, y: number, pad: Size): Point {
  const scale = scaleOf(pad)
  return [
    clamp(Math.round(x * scale + (BOX.width - pad.width * scale) / 2), BOX.width),
    clamp(Math.round(y * scale + (BOX.height - pad.height * scale) / 2), BOX.height),
  ]
}

/** Where a point of the box lies on the pad. */
export function onPad([x, y]: Point, pad: Size): Point {
  const scale = scaleOf(pad)
  return [
    (x - (BOX.width - pad.width * scale) / 2) / scale,
    (y - (BOX.height - pad.height * scale) / 2) / scale,
  ]
}

export function extended(stroke: Stroke, point: Point): Stroke {
  const last = stroke.at(-1)
  const near = last && Math.hypot(point[0] - last[0], point[1] - last[1]) < NEAR
  return near ? stroke : [...stroke, point]
}

/** False for an empty pad and for dots. */
export function isLegible(strokes: readonly Stroke[]): boolean {
  const points = strokes.flat()
  return Math.max(spread(points.map(([x]) => x)), spread(points.map(([, y]) => y))) >= SMALLEST
}

function spread(values: readonly number[]): number {
  return values.length === 0 ? 0 : Math.max(...values) - Math.min(...values)
}

function scaleOf({ width, height }: Size): number {
  return Math.min(BOX.width / width, BOX.height / height)
}

function clamp(value: number, most: number): number {
  return Math.min(Math.max(value, 0), most)
}
