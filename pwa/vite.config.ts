import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'
import { ALIASES } from './bundling/aliases.ts'
import { builtWorkers } from './bundling/built-workers.ts'
import { engineBeside } from './bundling/engine.ts'
import { FEW_FILES } from './bundling/few-files.ts'
import { ownHost } from './bundling/own-host.ts'
import { precompressed } from './bundling/precompress.ts'
import { noRings } from './bundling/rings.ts'
import { serviceWorker } from './bundling/service-worker.ts'

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const server = process.env.ANXUN_SERVER ?? 'http://localhost:8000'

export default defineConfig({
  root: at('.'),
  resolve: { alias: ALIASES },
  plugins: [
    ownHost(),
    vue(),
    engineBeside(at('../.cache/engine')),
    serviceWorker(at('src/workers/sw.ts')),
    precompressed(),
    noRings(),
    builtWorkers(),
  ],
  build: {
    outDir: at('dist'),
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    // An inlined asset would need `data:` in the content security policy.
    assetsInlineLimit: 0,
    rolldownOptions: { output: FEW_FILES },
  },
  worker: { format: 'es', plugins: () => [ownHost()] },
  server: {
    fs: { allow: [at('..')] },
    proxy: Object.fromEntries(['/api', '/uploads', '/v/', '/o/'].map((path) => [path, server])),
  },
  test: {
    include: ['{src,bundling}/**/*.test.ts'],
    environment: 'node',
  },
})
