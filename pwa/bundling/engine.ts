import { cpSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'

/** Copies the built print engine beside the shell, to be served at /engine/. */
export function engineBeside(engine: string): Plugin {
  return {
    name: 'engine-beside',
    apply: 'build',
    writeBundle({ dir }) {
      if (!existsSync(join(engine, 'engine.json'))) this.warn(`no print engine in ${engine}`)
      else if (dir) cpSync(engine, join(dir, 'engine'), { recursive: true })
    },
  }
}
