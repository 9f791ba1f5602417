import { fileURLToPath } from 'node:url'
import { precompressed } from '../../../pwa/bundling/precompress.ts'
import { serviceWorker } from '../../../pwa/bundling/service-worker.ts'

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** A page with the real service worker; `SHELL_VERSION` makes another version of it. */
export default {
  root: at('site'),
  plugins: [
    {
      name: 'version',
      transformIndexHtml: (html: string) => html.replace('%VERSION%', process.env.SHELL_VERSION ?? '1'),
    },
    serviceWorker(at('../../../pwa/src/workers/sw.ts')),
    precompressed(),
  ],
  build: { target: 'es2022', modulePreload: { polyfill: false }, assetsInlineLimit: 0 },
}
