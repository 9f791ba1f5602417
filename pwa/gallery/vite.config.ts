import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'
import { ALIASES } from '../bundling/aliases.ts'
import { ownHost } from '../bundling/own-host.ts'

/** The gallery alone, with the look of the app; `--outDir` is given by its test. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  publicDir: fileURLToPath(new URL('../public', import.meta.url)),
  resolve: { alias: ALIASES },
  plugins: [ownHost(), vue()],
  build: { target: 'es2022', assetsInlineLimit: 0, modulePreload: { polyfill: false } },
})
