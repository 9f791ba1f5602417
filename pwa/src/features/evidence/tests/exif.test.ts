import { describe, expect, it } from 'vitest'

import { claimedOf } from '../exif'

/** A JPEG with JFIF first, then EXIF: taken at Urumqi's clock, north and east. */
function jpeg(little: boolean, side = 'N'): ArrayBuffer {
  const file = new DataView(new ArrayBuffer(400))
  const word = (at: number, value: number): void => file.setUint16(at, value)
  word(0, 0xffd8)
  word(2, 0xffe0)
  word(4, 16)
  word(20, 0xffe1)
  word(22, 370)
  write(file, 24, 'Exif')
  const tiff = new DataView(file.buffer, 30)
  write(tiff, 0, little ? 'II' : 'MM')
  tiff.setUint32(4, 8, little)
  list(tiff, little, 8, [[0x8769, 60], [0x8825, 100]])
  list(tiff, little, 60, [[0x9003, 80]])
  write(tiff, 80, '2026:11:03 14:05:09')
  list(tiff, little, 100, [[1, 0], [2, 160], [3, 0], [4, 190]])
  write(tiff, 102 + 8, side)
  write(tiff, 102 + 24 + 8, 'E')
  for (const [n, value] of [43, 1, 58, 1, 840, 100].entries()) tiff.setUint32(160 + 4 * n, value, little)
  for (const [n, value] of [87, 1, 14, 1, 240, 100].entries()) tiff.setUint32(190 + 4 * n, value, little)
  return file.buffer as ArrayBuffer
}

function list(view: DataView, little: boolean, at: number, entries: readonly [number, number][]): void {
  view.setUint16(at, entries.length, little)
  for (const [n, [tag, value]] of entries.entries()) {
    view.setUint16(at + 2 + 12 * n, tag, little)
    view.setUint32(at + 2 + 12 * n + 8, value, little)
  }
}

function write(view: DataView, at: number, text: string): void {
  for (const [n, letter] of [...text].entries()) view.setUint8(at + n, letter.charCodeAt(0))
}

describe('a photo from the album', () => {
  it.each([true, false])('says when and where it was taken (little-endian: %s)', (little) => {
    const place = { lat: 439690000, lon: 872340000, accuracy: 0 }
    expect(claimedOf(jpeg(little))).toEqual({ taken: '2026-11-03 14:05:09', place })
  })

  it('may lie south of the equator', () => {
    expect(claimedOf(jpeg(true, 'S'))?.place?.lat).toBe(-439690000)
  })

  it.each([0, 1, 20, 33, 95, 140, 200])('says what can be read when cut after %i bytes, never fails', (cut) => {
    expect(claimedOf(jpeg(true).slice(0, cut))).toBeNull()
  })

  it('that is no JPEG says nothing', () => {
    expect(claimedOf(new TextEncoder().encode('\x89PNG and more than enough bytes').buffer)).toBeNull()
  })
})
