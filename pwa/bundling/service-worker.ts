/** Builds the service worker last, as one classic file that knows every file of the shell. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Plugin, build } from 'vite'
import type { Shell } from '../src/workers/sw/shell'
import { filesUnder } from './files.ts'

const NOT_SHELL = /^(sw\.js|engine\/.*|.*\.gz|.*\.map)$/

/** What the shell is made of: URL and SHA-256 (base64) of each file, and a name for the whole. */
export function shellOf(dist: string): Shell {
  const files = filesUnder(dist).filter((file) => !NOT_SHELL.test(file))
  const list = files.map((file) => ({
    url: `/${file}`,
    sha256: sha256(readFileSync(join(dist, file))).toString('base64'),
  }))
  return { version: sha256(JSON.stringify(list)).toString('hex').slice(0, 12), files: list }
}

export function serviceWorker(entry: string): Plugin {
  return {
    name: 'service-worker',
    apply: 'build',
    writeBundle: {
      order: 'post',
      sequential: true,
      handler: ({ dir }) => buildWorker(entry, dir ?? ''),
    },
  }
}

async function buildWorker(entry: string, outDir: string): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    define: { __SHELL__: JSON.stringify(shellOf(outDir)) },
    build: {
      outDir,
      emptyOutDir: false,
      target: 'es2022',
      lib: { entry, formats: ['iife'], name: 'anxun', fileName: () => 'sw.js' },
    },
  })
}

function sha256(content: Buffer | string): Buffer {
  return createHash('sha256').update(content).digest()
}
