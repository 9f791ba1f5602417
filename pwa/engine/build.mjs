// Builds the browser's print engine into .cache/engine: Pyodide, the packed papers, the faces,
// and engine.json with the size and SHA-256 of every file, which the print worker checks.
//
//   node pwa/engine/build.mjs --python .venv/bin/python [--faces .cache/faces] [--out .cache/engine]
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { loadPyodide } from 'pyodide'

const here = dirname(fileURLToPath(import.meta.url))
const root = resolve(here, '../..')
const runtime = resolve(here, '../node_modules/pyodide')
const RUNTIME_FILES = [
  'pyodide.mjs',
  'pyodide.asm.mjs',
  'pyodide.asm.wasm',
  'python_stdlib.zip',
  'pyodide-lock.json',
]
const FACES = ['body.ttf', 'bold.ttf', 'rare.ttf']

function sitePackages(python) {
  const code = 'import reportlab, pathlib; print(pathlib.Path(reportlab.__file__).parent.parent)'
  return execFileSync(python, ['-c', code], { encoding: 'utf8' }).trim()
}

/** The archive as Pyodide packs it: its magic number is the one the browser's Python wants. */
async function packApp(site, faces) {
  const py = await loadPyodide()
  py.FS.mkdirTree('/source')
  py.mountNodeFS('/source/reportlab', join(site, 'reportlab'))
  py.mountNodeFS('/source/printing', join(root, 'printing'))
  py.mountNodeFS('/faces', faces)
  py.FS.writeFile('/samples.json', new Uint8Array(readFileSync(join(here, 'samples.json'))))
  py.runPython('import sys; sys.dont_write_bytecode = True')
  const packed = py.runPython(readFileSync(join(here, 'archive.py'), 'utf8'))
  try {
    return packed.toJs()
  } finally {
    packed.destroy()
  }
}

function filesBelow(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((path) => statSync(join(folder, path)).isFile())
    .sort()
}

function listed(folder, path) {
  const data = readFileSync(join(folder, path))
  const sha256 = createHash('sha256').update(data).digest('hex')
  return { path, size: data.length, sha256 }
}

async function build({ python, faces, out }) {
  const app = await packApp(sitePackages(python), faces)
  rmSync(out, { recursive: true, force: true })
  mkdirSync(join(out, 'pyodide'), { recursive: true })
  writeFileSync(join(out, 'app.zip'), app)
  for (const file of RUNTIME_FILES) cpSync(join(runtime, file), join(out, 'pyodide', file))
  for (const face of FACES) cpSync(join(faces, face), join(out, 'faces', face))
  const files = filesBelow(out).map((path) => listed(out, path))
  const version = createHash('sha256').update(JSON.stringify(files)).digest('hex')
  writeFileSync(join(out, 'engine.json'), `${JSON.stringify({ version, files }, null, 2)}\n`)
}

const { values } = parseArgs({
  options: {
    python: { type: 'string' },
    faces: { type: 'string', default: join(root, '.cache/faces') },
    out: { type: 'string', default: join(root, '.cache/engine') },
  },
})
if (!values.python) throw new Error('--python: the interpreter that has ReportLab is needed')
await build({
  python: resolve(values.python),
  faces: resolve(values.faces),
  out: resolve(values.out),
})
