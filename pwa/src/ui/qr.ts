/** A QR code as one SVG path; the encoder is loaded when first needed, from our own origin. */
import wasmUrl from 'zxing-wasm/writer/zxing_writer.wasm?url'

/** A square of modules: `dark[y * side + x]`. */
export interface Modules {
  readonly side: number
  readonly dark: readonly boolean[]
}

/** Modules of the code for `text`, without its quiet zone. Rejects a text too long for a code. */
export async function modulesOf(text: string): Promise<Modules> {
  const { prepareZXingModule, writeBarcode } = await import('zxing-wasm/writer')
  prepareZXingModule({ overrides: { locateFile: () => wasmUrl } })
  const { symbol, error } = await writeBarcode(text, { format: 'QRCode', ecLevel: 'M' })
  if (error) throw new Error(error)
  return trimmed({ side: symbol.width, dark: Array.from(symbol.data, (level) => level < 128) })
}

/** One horizontal bar per run of dark modules, so that no hairlines show between them. */
export function pathOf({ side, dark }: Modules): string {
  const bars: string[] = []
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      const start = x
      while (x < side && dark[y * side + x]) x += 1
      if (x > start) bars.push(`M${start} ${y}h${x - start}v1H${start}z`)
    }
  }
  return bars.join('')
}

/** Without light margins: the finder pattern in the corner makes the first module dark. */
function trimmed({ side, dark }: Modules): Modules {
  const first = dark.indexOf(true)
  const margin = Math.max(0, first % side)
  const inner = side - 2 * margin
  const at = (index: number): boolean =>
    dark[(margin + Math.floor(index / inner)) * side + margin + (index % inner)] ?? false
  return { side: inner, dark: Array.from({ length: inner * inner }, (_, index) => at(index)) }
}
