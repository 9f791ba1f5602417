/**
 * The file format of evidence at rest (architecture.md 6), pure but for WebCrypto.
 *
 *     file   = "ANXUNEV1" · 4-byte nonce prefix · frame*
 *     frame  = 4-byte length · 32-byte SHA-256 of the plain slice · ciphertext, 16-byte tag
 *     length = of ciphertext and tag, big-endian; top bit set on the last frame of a whole file
 *     nonce  = nonce prefix · 8-byte big-endian frame index
 *     AAD    = "anxun/slice/1\n" + file id + "\n" + index + "\n" + ("1" on the last frame, else "0")
 *
 * So no slice can be moved, dropped from the middle or carried to another file unseen. The lengths
 * alone show where a killed writer broke off, so a file is trimmed with no key at hand; the hashes
 * in the frames are the sidecar, readable without the key and never torn from their slice.
 * The last frame is empty: a recorder cannot know which slice will be its last.
 *
 * A file that lacks its last frame is never written again: the index of its torn frame is spent,
 * and a second plaintext under the same nonce would give both away.
 */

export type Bytes = Uint8Array<ArrayBuffer>

export interface SlicePlace {
  readonly id: string
  readonly prefix: Bytes
  readonly index: number
  readonly last: boolean
}

export interface Frame {
  /** Position of the ciphertext in the file. */
  readonly at: number
  readonly length: number
  /** Position of its first byte in the plain original. */
  readonly plainAt: number
  readonly sha256: Bytes
  readonly last: boolean
}

export interface Scan {
  readonly prefix: Bytes
  /** All whole frames, the empty last one included. */
  readonly frames: readonly Frame[]
  /** Where the last whole frame ends; what follows in the file is torn. */
  readonly end: number
}

/** Random access to the bytes of a file: from a `File` or from a sync access handle. */
export interface StoredBytes {
  readonly size: number
  at(from: number, length: number): Promise<Bytes>
}

const MAGIC = new TextEncoder().encode('ANXUNEV1')
const PREFIX_LENGTH = 4
const TAG_LENGTH = 16
const HASH_LENGTH = 32
const LAST_BIT = 0x80000000
const HEADER_LENGTH = MAGIC.length + PREFIX_LENGTH
const FRAME_HEAD_LENGTH = 4 + HASH_LENGTH

export function fileHeader(prefix: Bytes): Bytes {
  return joined(MAGIC, prefix)
}

/** One whole frame, ready to be appended. */
export async function sealSlice(
  key: CryptoKey,
  place: SlicePlace,
  plain: Bytes,
  sha256: Bytes,
): Promise<Bytes> {
  const sealed = new Uint8Array(await crypto.subtle.encrypt(cipher(place), key, plain))
  const length = new Uint8Array(4)
  const word = place.last ? sealed.length + LAST_BIT : sealed.length
  new DataView(length.buffer).setUint32(0, word)
  return joined(length, sha256, sealed)
}

/** The plain slice. Rejects with OperationError if key, place or bytes are not the sealed ones. */
export async function openSlice(
  key: CryptoKey,
  place: SlicePlace,
  sealed: Bytes,
): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.decrypt(cipher(place), key, sealed))
}

/** Walks the frame lengths; needs no key. Undefined when the file is not in this format. */
export async function scanFrames(stored: StoredBytes): Promise<Scan | undefined> {
  const header = await stored.at(0, HEADER_LENGTH)
  if (header.length < HEADER_LENGTH || MAGIC.some((byte, i) => header[i] !== byte)) return undefined
  const frames: Frame[] = []
  let end = HEADER_LENGTH
  let plainAt = 0
  for (;;) {
    const frame = await frameAt(stored, end, plainAt)
    if (!frame) break
    frames.push(frame)
    end = frame.at + frame.length
    plainAt += plainLength(frame)
    if (frame.last) break
  }
  return { prefix: header.slice(MAGIC.length), frames, end }
}

export function plainLength(frame: Frame): number {
  return frame.length - TAG_LENGTH
}

/** Bytes of the plain original that the frames hold. */
export function plainSize(frames: readonly Frame[]): number {
  return frames.reduce((sum, frame) => sum + plainLength(frame), 0)
}

export function isFinished(frames: readonly Frame[]): boolean {
  return frames.at(-1)?.last ?? false
}

async function frameAt(stored: StoredBytes, at: number, plainAt: number) {
  const head = await stored.at(at, FRAME_HEAD_LENGTH)
  if (head.length < FRAME_HEAD_LENGTH) return undefined
  const word = new DataView(head.buffer).getUint32(0)
  const last = word >= LAST_BIT
  const length = last ? word - LAST_BIT : word
  const begin = at + FRAME_HEAD_LENGTH
  if (length < TAG_LENGTH || begin + length > stored.size) return undefined
  return { at: begin, length, plainAt, sha256: head.slice(4), last }
}

function cipher(place: SlicePlace): AesGcmParams {
  const nonce = new Uint8Array(12)
  nonce.set(place.prefix)
  new DataView(nonce.buffer).setBigUint64(PREFIX_LENGTH, BigInt(place.index))
  const words = `anxun/slice/1\n${place.id}\n${place.index}\n${place.last ? 1 : 0}`
  return { name: 'AES-GCM', iv: nonce, additionalData: new TextEncoder().encode(words) }
}

function joined(...parts: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
