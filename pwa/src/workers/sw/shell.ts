/**
 * The app shell's cache. It installs alone and as a whole: one missing or altered file fails the
 * installation, and the version before stays in service.
 */

export interface ShellFile {
  readonly url: string
  /** Of the plain bytes, base64. */
  readonly sha256: string
}

export interface Shell {
  readonly version: string
  readonly files: readonly ShellFile[]
}

const PREFIX = 'shell-'
/** Files fetched at once: enough to hide latency, few enough for a weak signal. */
const AT_ONCE = 6

export async function installShell(shell: Shell): Promise<void> {
  const cache = await caches.open(PREFIX + shell.version)
  for (let from = 0; from < shell.files.length; from += AT_ONCE) {
    await Promise.all(shell.files.slice(from, from + AT_ONCE).map((file) => install(cache, file)))
  }
}

async function install(cache: Cache, file: ShellFile): Promise<void> {
  if (await cache.match(file.url)) return
  const response = (await unchanged(file.url)) ?? (await fetched(file))
  await cache.put(file.url, response)
}

/** A name with a content hash in it means the same bytes in every version. */
async function unchanged(url: string): Promise<Response | undefined> {
  return url.startsWith('/assets/') ? caches.match(url) : undefined
}

async function fetched({ url, sha256 }: ShellFile): Promise<Response> {
  const response = await fetch(url, { cache: 'no-cache', integrity: `sha256-${sha256}` })
  if (!response.ok) throw new Error(`the shell lacks ${url}: ${response.status}`)
  return response
}

export async function dropOldShells(shell: Shell): Promise<void> {
  const names = await caches.keys()
  const old = names.filter((name) => name.startsWith(PREFIX) && name !== PREFIX + shell.version)
  await Promise.all(old.map((name) => caches.delete(name)))
}

/** A browser short of space may have dropped the cache: then the network is asked. */
export async function fromShell(shell: Shell, url: string): Promise<Response> {
  const cache = await caches.open(PREFIX + shell.version)
  return (await cache.match(url)) ?? fetch(url)
}
