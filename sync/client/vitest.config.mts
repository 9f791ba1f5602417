import { fileURLToPath } from 'node:url'
import { defineConfig } from '../../pwa/node_modules/vitest/dist/config.js'

const modules = fileURLToPath(new URL('../../pwa/node_modules/', import.meta.url))

/** The protocol's tests alone: `pwa/node_modules/.bin/vitest run --root sync/client`. */
export default defineConfig({
  resolve: { alias: [{ find: /^(vitest|fast-check)$/, replacement: `${modules}$1` }] },
  test: { include: ['tests/**/*.test.ts'], environment: 'node' },
})
