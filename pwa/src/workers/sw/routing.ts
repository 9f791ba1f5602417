/** Which requests the caches answer. Pure. */

export type Route =
  | { readonly kind: 'network' }
  | { readonly kind: 'engine' }
  /** Pictures another app shares: they never go over the network. */
  | { readonly kind: 'handed' }
  | { readonly kind: 'shell'; readonly url: string }

export interface Asked {
  readonly method: string
  readonly mode: string
  readonly url: string
}

/** The server's own pages and doors: data, uploads, verification and enterprise pages. */
const NEVER = ['/api/', '/uploads', '/v/', '/o/', '/calendar/', '/health/', '/metrics']
const NETWORK: Route = { kind: 'network' }
/** `share_target` of the manifest. */
const SHARE = '/share'

export function routeOf(asked: Asked, origin: string, shell: ReadonlySet<string>): Route {
  const url = new URL(asked.url)
  if (url.origin !== origin) return NETWORK
  if (asked.method === 'POST' && url.pathname === SHARE) return { kind: 'handed' }
  if (asked.method !== 'GET') return NETWORK
  if (NEVER.some((door) => url.pathname.startsWith(door))) return NETWORK
  if (url.pathname.startsWith('/engine/')) return { kind: 'engine' }
  if (shell.has(url.pathname)) return { kind: 'shell', url: url.pathname }
  return asked.mode === 'navigate' ? { kind: 'shell', url: '/index.html' } : NETWORK
}
