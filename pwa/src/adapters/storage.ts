/** How much the phone can keep, and whether it promises to keep it. */

/** 'refused': the browser may throw data away when space runs short; the officer must see that. */
export type Persistence = 'granted' | 'refused' | 'unsupported'

export interface Space {
  /** Bytes. */
  readonly used: number
  readonly quota: number
  readonly free: number
}

/** Asks the browser never to throw our data away. Chromium decides by itself, Firefox asks. */
export async function askPersistence(storage: StorageManager | undefined): Promise<Persistence> {
  if (!storage?.persist) return 'unsupported'
  const granted = (await storage.persisted()) || (await storage.persist())
  return granted ? 'granted' : 'refused'
}

export async function persistence(storage: StorageManager | undefined): Promise<Persistence> {
  if (!storage?.persisted) return 'unsupported'
  return (await storage.persisted()) ? 'granted' : 'refused'
}

/** Undefined where the browser does not tell. The quota is its promise, not the disk's. */
export async function space(storage: StorageManager | undefined): Promise<Space | undefined> {
  const estimate = await storage?.estimate?.()
  if (estimate?.quota === undefined) return undefined
  const used = estimate.usage ?? 0
  return { used, quota: estimate.quota, free: Math.max(0, estimate.quota - used) }
}

/** Bytes of an hour of recording at `bits` per second; one part in fifty is for the files. */
export function bytesPerHour(bits: number): number {
  return Math.ceil((bits / 8) * 3600 * 1.02)
}

/** Whole minutes of recording that still fit (「空间还够录音 40 分钟」). */
export function minutesLeft(free: number, bits: number): number {
  return Math.floor((free / bytesPerHour(bits)) * 60)
}

/** The browser's own storage manager; absent in old browsers and on plain http. */
export function browserStorage(): StorageManager | undefined {
  return navigator.storage
}
