/** Argon2id (RFC 9106): what it costs to try a PIN. */

/** `memory` in KiB. */
export interface PinCost {
  readonly memory: number
  readonly passes: number
  readonly lanes: number
}

/** 32 bytes of a PIN and its salt. */
export type Stretch = (
  pin: string,
  salt: Uint8Array<ArrayBuffer>,
  cost: PinCost,
) => Promise<Uint8Array<ArrayBuffer>>

export const argon2: Stretch = async (pin, salt, { memory, passes, lanes }) => {
  const { argon2id } = await import('hash-wasm')
  const stretched = await argon2id({
    password: pin,
    salt,
    memorySize: memory,
    iterations: passes,
    parallelism: lanes,
    hashLength: 32,
    outputType: 'binary',
  })
  const raw = new Uint8Array(stretched)
  stretched.fill(0)
  return raw
}
