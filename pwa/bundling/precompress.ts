import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Plugin } from 'vite'
import { filesUnder } from './files.ts'

const WORTH_IT = /\.(js|mjs|css|wasm|html|json|svg|ttf|webmanifest)$/
const SMALLEST = 1024
const compress = promisify(gzip)

/** Puts `<file>.gz` beside each file that gains by it. Same bytes in, same bytes out. */
export function precompressed(): Plugin {
  let folder = ''
  return {
    name: 'precompressed',
    apply: 'build',
    writeBundle({ dir }) {
      folder = dir ?? ''
    },
    closeBundle: {
      order: 'post',
      async handler() {
        const files = folder ? filesUnder(folder).filter((file) => WORTH_IT.test(file)) : []
        await Promise.all(files.map((file) => besideIt(join(folder, file))))
      },
    },
  }
}

async function besideIt(file: string): Promise<void> {
  const plain = await readFile(file)
  if (plain.length < SMALLEST) return
  const small = await compress(plain, { level: 9 })
  if (small.length < plain.length * 0.95) await writeFile(`${file}.gz`, small)
}
