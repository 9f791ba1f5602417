import { describe, expect, it } from 'vitest'
import {
  type Bytes,
  type SlicePlace,
  fileHeader,
  isFinished,
  openSlice,
  plainSize,
  scanFrames,
  sealSlice,
} from './slices'

const PREFIX = new Uint8Array([9, 8, 7, 6])
const HASH = new Uint8Array(32)

const newKey = () =>
  crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])

const place = (index: number, last = false): SlicePlace => ({
  id: 'rec.0',
  prefix: PREFIX,
  index,
  last,
})

function stored(...parts: Bytes[]) {
  const whole = Uint8Array.from(parts.flatMap((part) => [...part]))
  return {
    size: whole.length,
    at: async (from: number, length: number) => whole.slice(from, from + length),
  }
}

async function sealed(key: CryptoKey, at: SlicePlace, text: string): Promise<Bytes> {
  return sealSlice(key, at, new TextEncoder().encode(text), HASH)
}

async function threeFrames(key: CryptoKey) {
  return [
    await sealed(key, place(0), '第一'),
    await sealed(key, place(1), 'second'),
    await sealed(key, place(2, true), ''),
  ] as const
}

describe('a file of slices', () => {
  it('is walked by its lengths alone', async () => {
    const frames = await threeFrames(await newKey())
    const scan = await scanFrames(stored(fileHeader(PREFIX), ...frames))
    expect(scan?.prefix).toEqual(PREFIX)
    expect(scan?.frames.map((frame) => [frame.plainAt, frame.length, frame.last])).toEqual([
      [0, 22, false],
      [6, 22, false],
      [12, 16, true],
    ])
    expect(plainSize(scan?.frames ?? [])).toBe(12)
    expect(isFinished(scan?.frames ?? [])).toBe(true)
  })

  it('torn at any byte keeps exactly the whole frames before it', async () => {
    const [first, second] = await threeFrames(await newKey())
    const header = fileHeader(PREFIX)
    for (let cut = 0; cut < second.length; cut += 1) {
      const scan = await scanFrames(stored(header, first, second.slice(0, cut)))
      expect(scan?.frames.length).toBe(1)
      expect(scan?.end).toBe(header.length + first.length)
      expect(isFinished(scan?.frames ?? [])).toBe(false)
    }
  })

  it('ends at its last frame, whatever follows', async () => {
    const frames = await threeFrames(await newKey())
    const scan = await scanFrames(stored(fileHeader(PREFIX), ...frames, frames[0]))
    expect(scan?.frames.length).toBe(3)
  })

  it('of another kind, or with a torn header, is not taken for evidence', async () => {
    const header = fileHeader(PREFIX)
    expect(await scanFrames(stored(header.slice(0, 11)))).toBeUndefined()
    expect(await scanFrames(stored(new Uint8Array(64)))).toBeUndefined()
  })
})

describe('a slice', () => {
  it('opens at its own place', async () => {
    const key = await newKey()
    const frame = await sealed(key, place(5), '第五')
    const plain = await openSlice(key, place(5), frame.slice(36))
    expect(new TextDecoder().decode(plain)).toBe('第五')
  })

  it('opens at no other place', async () => {
    const key = await newKey()
    const cipher = (await sealed(key, place(5), '第五')).slice(36)
    const elsewhere: SlicePlace[] = [
      place(6),
      place(5, true),
      { ...place(5), id: 'rec.1' },
      { ...place(5), prefix: new Uint8Array(4) },
    ]
    for (const wrong of elsewhere) await expect(openSlice(key, wrong, cipher)).rejects.toThrow()
  })

  it('never spends one nonce twice in a file, not even past 2^32', async () => {
    const key = await newKey()
    const one = await sealed(key, place(1), 'same words')
    const far = await sealed(key, place(2 ** 32 + 1), 'same words')
    // The words themselves, without the tag, which differs by the index in the AAD alone.
    expect(one.slice(36, 46)).not.toEqual(far.slice(36, 46))
  })
})
