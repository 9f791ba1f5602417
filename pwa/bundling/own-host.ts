/**
 * Nothing is loaded from a foreign host: addresses that packages carry as defaults are cut out
 * while bundling, and the build fails if one is left over.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'
import { filesUnder } from './files.ts'

/** Vant's icon font names a second source on a content delivery network. */
const FONT_SOURCE = /,\s*url\(\/\/at\.alicdn\.com[^)]*\)\s*format\([^)]*\)/g
/** zxing-wasm loads its binary from here unless told otherwise; we always tell it. */
const WASM_SOURCE = /https:\/\/fastly\.jsdelivr\.net\/npm\//g
/** hash-wasm points developers to its own page from an error message. */
const PACKAGE_PAGE = /https:\/\/www\.[a-z]+\.com\/package\/hash-wasm[^\s'"`]*/g

const ADDRESS = /(?:https?:)?\/\/((?:[a-z0-9-]+\.)+[a-z]{2,})(?=[/:"'`\s)?#$]|$)/gi
/** Names, not addresses to load from: XML namespaces and links inside messages for developers. */
const NAMED_ONLY = new Set(['www.w3.org', 'vuejs.org', 'router.vuejs.org', 'github.com'])
const TEXT = /\.(js|css|html|webmanifest|svg)$/

/** Foreign hosts that `text` mentions, sorted, without namespaces and developers' links. */
export function foreignHosts(text: string): string[] {
  const hosts = [...text.matchAll(ADDRESS)].map((match) => match[1] ?? '')
  return [...new Set(hosts)].filter((host) => !NAMED_ONLY.has(host)).sort()
}

export function withoutForeignSources(code: string): string {
  return code.replace(FONT_SOURCE, '').replace(WASM_SOURCE, '/').replace(PACKAGE_PAGE, 'hash-wasm')
}

export function ownHost(): Plugin {
  return {
    name: 'own-host',
    enforce: 'pre',
    transform: {
      filter: { id: /node_modules\/(vant\/.*\.css|zxing-wasm\/|hash-wasm\/)/ },
      handler: (code) => ({ code: withoutForeignSources(code), map: null }),
    },
    writeBundle({ dir }) {
      for (const file of dir ? filesUnder(dir).filter(isOurText) : []) {
        const hosts = foreignHosts(readFileSync(join(dir ?? '', file), 'utf8'))
        if (hosts.length > 0) this.error(`${file} names ${hosts.join(', ')}`)
      }
    },
  }
}

/** The print engine is fetched and checked by its own list; its sources cite many addresses. */
function isOurText(file: string): boolean {
  return TEXT.test(file) && !file.startsWith('engine/')
}
