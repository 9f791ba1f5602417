/** 圈, 箭头, 文字, 打码 on a copy of a photo; places are parts of its sides, 0 to 1. */

export type Tool = 'circle' | 'arrow' | 'words' | 'blur'

export interface Spot {
  readonly x: number
  readonly y: number
}

export interface Mark {
  readonly tool: Tool
  readonly from: Spot
  readonly to: Spot
  readonly text: string
}

interface Box {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

const NEAR = 0.02
const RED = '#d92d20'
/** Pixels of a face or plate are made this coarse, as a part of the picture's longer side. */
const COARSE = 0.025

/** Two spots this near are one tap: the second tap gives the other end. */
export function isTap(from: Spot, to: Spot): boolean {
  return Math.hypot(from.x - to.x, from.y - to.y) < NEAR
}

/** The rectangle between two spots, in pixels. */
export function boxOf({ from, to }: Mark, width: number, height: number): Box {
  return {
    left: Math.round(Math.min(from.x, to.x) * width),
    top: Math.round(Math.min(from.y, to.y) * height),
    width: Math.max(1, Math.round(Math.abs(from.x - to.x) * width)),
    height: Math.max(1, Math.round(Math.abs(from.y - to.y) * height)),
  }
}

/** Draws in order; what is blurred is gone from the copy, not only covered. */
export function drawMarks(context: CanvasRenderingContext2D, marks: readonly Mark[]): void {
  const { width, height } = context.canvas
  context.strokeStyle = RED
  context.fillStyle = RED
  context.lineWidth = Math.max(3, width / 160)
  context.lineCap = 'round'
  for (const mark of marks) DRAW[mark.tool](context, mark, width, height)
}

type Draw = (
  context: CanvasRenderingContext2D,
  mark: Mark,
  width: number,
  height: number,
) => void

const DRAW: Readonly<Record<Tool, Draw>> = {
  circle: (context, mark, width, height) => {
    const box = boxOf(mark, width, height)
    const [across, down] = [box.width / 2, box.height / 2]
    context.beginPath()
    context.ellipse(box.left + across, box.top + down, across, down, 0, 0, 2 * Math.PI)
    context.stroke()
  },
  arrow: (context, { from, to }, width, height) => {
    const [x, y] = [to.x * width, to.y * height]
    const angle = Math.atan2(y - from.y * height, x - from.x * width)
    const head = width / 24
    context.beginPath()
    context.moveTo(from.x * width, from.y * height)
    context.lineTo(x, y)
    for (const turn of [-0.5, 0.5]) {
      context.moveTo(x, y)
      context.lineTo(x - head * Math.cos(angle + turn), y - head * Math.sin(angle + turn))
    }
    context.stroke()
  },
  words: (context, { from, text }, width, height) => {
    const size = Math.max(16, Math.round(width / 22))
    context.font = `700 ${size}px sans-serif`
    context.save()
    context.strokeStyle = '#ffffff'
    context.strokeText(text, from.x * width, from.y * height)
    context.restore()
    context.fillText(text, from.x * width, from.y * height)
  },
  blur: (context, mark, width, height) => {
    const { left, top, ...box } = boxOf(mark, width, height)
    const step = Math.max(8, Math.round(Math.max(width, height) * COARSE))
    for (let x = 0; x < box.width; x += step) {
      for (let y = 0; y < box.height; y += step) {
        const across = Math.min(step, box.width - x)
        const down = Math.min(step, box.height - y)
        context.fillStyle = meanColour(context.getImageData(left + x, top + y, across, down).data)
        context.fillRect(left + x, top + y, across, down)
      }
    }
    context.fillStyle = RED
  },
}

/** The mean of RGBA pixels as a colour. */
export function meanColour(pixels: Uint8ClampedArray): string {
  const sums = [0, 0, 0]
  for (let at = 0; at < pixels.length; at += 4) {
    for (const band of [0, 1, 2]) sums[band] = (sums[band] ?? 0) + (pixels[at + band] ?? 0)
  }
  const count = Math.max(1, pixels.length / 4)
  return `rgb(${sums.map((sum) => Math.round(sum / count)).join(' ')})`
}
