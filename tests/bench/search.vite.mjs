/** The searching of the app alone, as one script for a page. */

import { fileURLToPath } from 'node:url'

import { ALIASES } from '../../pwa/bundling/aliases.ts'

const at = (path) => fileURLToPath(new URL(path, import.meta.url))

export default {
  root: at('.'),
  resolve: { alias: ALIASES },
  build: {
    outDir: at('../../.cache/bench'),
    target: 'es2022',
    lib: { entry: at('searching.ts'), formats: ['iife'], name: 'searching', fileName: () => 'searching.js' },
  },
}
