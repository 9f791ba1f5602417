/**
 * The print engine's cache, 40 MB beside a shell of one or two. It is fetched when the page is
 * idle, file by file; what has come stays, so that an interrupted fetch goes on where it stopped.
 * A version counts only when its list, `engine.json`, lies in its cache: the list is stored last.
 */

export interface EngineFile {
  readonly path: string
  /** Bytes. */
  readonly size: number
  /** Hex. */
  readonly sha256: string
}

export interface EngineList {
  readonly version: string
  readonly files: readonly EngineFile[]
}

/** What the page is told; `done` and `total` are bytes. */
export type EngineNews =
  | { readonly type: 'ENGINE'; readonly state: 'fetching'; done: number; total: number }
  | { readonly type: 'ENGINE'; readonly state: 'ready'; readonly version: string }
  | { readonly type: 'ENGINE'; readonly state: 'failed'; readonly why: string }

const PREFIX = 'engine-'
const LIST = '/engine/engine.json'

let running: Promise<void> | undefined

/** Brings the server's present version into the cache. A call while one runs joins it. */
export function fetchEngine(tell: (news: EngineNews) => void): Promise<void> {
  running ??= bring(tell)
    .catch((cause: unknown) => tell({ type: 'ENGINE', state: 'failed', why: String(cause) }))
    .finally(() => (running = undefined))
  return running
}

async function bring(tell: (news: EngineNews) => void): Promise<void> {
  const answer = await fetch(LIST, { cache: 'no-cache' })
  if (!answer.ok) throw new Error(`${LIST}: ${answer.status}`)
  const list = (await answer.clone().json()) as EngineList
  const cache = await caches.open(PREFIX + list.version)
  const total = list.files.reduce((sum, file) => sum + file.size, 0)
  let done = 0
  for (const file of list.files) {
    await bringFile(cache, file)
    done += file.size
    tell({ type: 'ENGINE', state: 'fetching', done, total })
  }
  await cache.put(LIST, answer)
  await dropOthers(PREFIX + list.version)
  tell({ type: 'ENGINE', state: 'ready', version: list.version })
}

async function bringFile(cache: Cache, file: EngineFile): Promise<void> {
  const url = `/engine/${file.path}`
  if (await cache.match(url)) return
  await cache.put(url, (await fromOlder(url, file.sha256)) ?? (await fetched(url, file.sha256)))
}

/** The same file in the version before, as its own list says. */
async function fromOlder(url: string, sha256: string): Promise<Response | undefined> {
  const older = await complete()
  const list = (await (await older?.match(LIST))?.json()) as EngineList | undefined
  const same = list?.files.some((file) => `/engine/${file.path}` === url && file.sha256 === sha256)
  return same ? older?.match(url) : undefined
}

async function fetched(url: string, sha256: string): Promise<Response> {
  const bytes = Uint8Array.from(sha256.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
  const integrity = `sha256-${btoa(String.fromCharCode(...bytes))}`
  const response = await fetch(url, { cache: 'no-cache', integrity })
  if (!response.ok) throw new Error(`${url}: ${response.status}`)
  return response
}

/** The cache of a whole version, if there is one. */
async function complete(): Promise<Cache | undefined> {
  for (const name of (await caches.keys()).filter((key) => key.startsWith(PREFIX))) {
    const cache = await caches.open(name)
    if (await cache.match(LIST)) return cache
  }
  return undefined
}

async function dropOthers(kept: string): Promise<void> {
  const names = await caches.keys()
  const others = names.filter((name) => name.startsWith(PREFIX) && name !== kept)
  await Promise.all(others.map((name) => caches.delete(name)))
}

/** From the whole version, so that no two versions are ever mixed; before there is one, online. */
export async function fromEngine(request: Request): Promise<Response> {
  const cached = await (await complete())?.match(request, { ignoreSearch: true })
  return cached ?? fetch(request)
}
