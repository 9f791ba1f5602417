/**
 * The service worker: the app without a network, and notices while it is closed. It never takes
 * over by itself: a new version waits until the officer says so, for a form may be open and a
 * recording may run.
 */
import { type EngineNews, fetchEngine, fromEngine } from './sw/engine'
import { handOver, receive } from './sw/handed'
import { noticeOf, opensInPlace } from './sw/notices'
import { routeOf } from './sw/routing'
import { type Shell, dropOldShells, fromShell, installShell } from './sw/shell'

declare const self: ServiceWorkerGlobalScope
/** Written by the build: bundling/service-worker.ts. */
declare const __SHELL__: Shell

const SHELL_URLS = new Set(__SHELL__.files.map((file) => file.url))

self.addEventListener('install', (event) => event.waitUntil(installShell(__SHELL__)))

self.addEventListener('activate', (event) =>
  event.waitUntil(dropOldShells(__SHELL__).then(() => self.clients.claim())),
)

self.addEventListener('fetch', (event) => {
  const route = routeOf(event.request, self.location.origin, SHELL_URLS)
  if (route.kind === 'shell') event.respondWith(fromShell(__SHELL__, route.url))
  if (route.kind === 'engine') event.respondWith(fromEngine(event.request))
  if (route.kind === 'handed') event.respondWith(receive(event, self.clients))
})

/** `SKIP_WAITING`, `FETCH_ENGINE` (every page hears the `EngineNews`), `VERSION`, `TAKE_HANDED`. */
self.addEventListener('message', (event) => {
  const { source } = event
  if (event.data === 'SKIP_WAITING') event.waitUntil(self.skipWaiting())
  if (event.data === 'VERSION') source?.postMessage({ type: 'VERSION', version: __SHELL__.version })
  if (event.data === 'TAKE_HANDED') handOver(event.ports[0])
  if (event.data === 'FETCH_ENGINE') {
    event.waitUntil(fetchEngine((news) => void tellAll(news)))
  }
})

async function tellAll(news: EngineNews): Promise<void> {
  for (const client of await self.clients.matchAll()) client.postMessage(news)
}

self.addEventListener('push', (event) => {
  const notice = noticeOf(event.data?.text() ?? '')
  event.waitUntil(
    self.registration.showNotification(notice.title, {
      body: notice.body,
      tag: notice.tag,
      data: { url: notice.url },
      icon: '/icons/icon-192.png',
      badge: '/icons/badge-96.png',
      lang: 'zh-CN',
    }),
  )
})

self.addEventListener('notificationclick', (event) => {
  const data = event.notification.data as { readonly url?: string } | null
  event.notification.close()
  event.waitUntil(show(new URL(data?.url ?? '/', self.location.origin)))
})

/** Brings the open app to the place; a page is never reloaded, for a recording may run in it. */
async function show(place: URL): Promise<void> {
  const url = place.origin === self.location.origin ? place : new URL('/', self.location.origin)
  const windows = await self.clients.matchAll({ type: 'window' })
  const open = windows.find((client) => opensInPlace(new URL(client.url), url))
  if (!open) await self.clients.openWindow(url.href)
  else await (await open.navigate(url.href))?.focus()
}
