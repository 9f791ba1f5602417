/**
 * What a photo from the album says of itself: when and where it was taken (EXIF in a JPEG). It is
 * kept as claimed, never as known: anybody can write it. A file whose pointers lead out of it says
 * nothing.
 */

import type { Claimed, Place } from '@contract/records'

/** EXIF stands in the first segment, which is at most this long. */
export const EXIF_BYTES = 65_536 + 4

const SOI = 0xffd8
const APP1 = 0xffe1
const EXIF_AT = 4
const TIFF_AT = 10
const ENTRY_BYTES = 12
const TAG = { exif: 0x8769, gps: 0x8825, taken: 0x9003, changed: 0x0132 } as const
const GPS = { north: 1, lat: 2, east: 3, lon: 4 } as const
const UNITS = 1e7
const MOMENT = /^(\d{4}):(\d{2}):(\d{2}) (\d{2}:\d{2}:\d{2})/

/** Null where the file says neither. */
export function claimedOf(start: ArrayBuffer): Claimed | null {
  try {
    const tiff = tiffOf(new DataView(start))
    return tiff === null ? null : claimsIn(tiff)
  } catch (error) {
    // A pointer that leads out of the file.
    if (error instanceof RangeError) return null
    throw error
  }
}

interface Tiff {
  readonly view: DataView
  readonly little: boolean
}

function tiffOf(file: DataView): Tiff | null {
  if (file.byteLength < TIFF_AT + 8 || file.getUint16(0) !== SOI) return null
  let at = 2
  // JFIF may stand before it.
  while (file.getUint16(at) !== APP1) {
    if (file.getUint8(at) !== 0xff || file.getUint16(at) === 0xffda) return null
    at += 2 + file.getUint16(at + 2)
  }
  if (textAt(file, at + EXIF_AT, 4) !== 'Exif') return null
  const view = new DataView(file.buffer, at + TIFF_AT)
  return { view, little: textAt(view, 0, 2) === 'II' }
}

function claimsIn(tiff: Tiff): Claimed | null {
  const first = entriesAt(tiff, tiff.view.getUint32(4, tiff.little))
  const exif = linked(tiff, first.get(TAG.exif))
  const gps = linked(tiff, first.get(TAG.gps))
  const taken = momentOf(tiff, exif.get(TAG.taken) ?? first.get(TAG.changed))
  const place = placeIn(tiff, gps)
  return taken === '' && place === null ? null : { taken, place }
}

/** By tag, where the entry begins. */
type Entries = ReadonlyMap<number, number>

function entriesAt({ view, little }: Tiff, at: number): Entries {
  const count = view.getUint16(at, little)
  const begins = Array.from({ length: count }, (_, n) => at + 2 + n * ENTRY_BYTES)
  return new Map(begins.map((entry) => [view.getUint16(entry, little), entry]))
}

function linked(tiff: Tiff, entry: number | undefined): Entries {
  if (entry === undefined) return new Map()
  return entriesAt(tiff, pointer(tiff, entry))
}

function pointer({ view, little }: Tiff, entry: number): number {
  return view.getUint32(entry + 8, little)
}

function momentOf(tiff: Tiff, entry: number | undefined): string {
  if (entry === undefined) return ''
  const found = MOMENT.exec(textAt(tiff.view, pointer(tiff, entry), 19))
  return found ? `${found[1]}-${found[2]}-${found[3]} ${found[4]}` : ''
}

function placeIn(tiff: Tiff, gps: Entries): Place | null {
  const lat = degrees(tiff, gps.get(GPS.lat), gps.get(GPS.north), 'S')
  const lon = degrees(tiff, gps.get(GPS.lon), gps.get(GPS.east), 'W')
  if (lat === null || lon === null) return null
  if (Math.abs(lat) > 90 * UNITS || Math.abs(lon) > 180 * UNITS) return null
  return { lat, lon, accuracy: 0 }
}

/** Degrees, minutes and seconds as three fractions, and a letter for the side. */
function degrees(
  tiff: Tiff,
  entry: number | undefined,
  side: number | undefined,
  minus: string,
): number | null {
  if (entry === undefined || side === undefined) return null
  const at = pointer(tiff, entry)
  const [whole = NaN, minutes = NaN, seconds = NaN] = [0, 8, 16].map((more) => {
    return tiff.view.getUint32(at + more, tiff.little) / tiff.view.getUint32(at + more + 4, tiff.little)
  })
  const units = Math.round((whole + minutes / 60 + seconds / 3600) * UNITS)
  if (!Number.isFinite(units)) return null
  return textAt(tiff.view, side + 8, 1) === minus ? -units : units
}

function textAt(view: DataView, at: number, length: number): string {
  return String.fromCharCode(...Array.from({ length }, (_, n) => view.getUint8(at + n)))
}
