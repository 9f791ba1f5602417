// Prints papers with the browser's engine in Node: one JSON {kind, facts} a line on stdin, one
// JSON {sha256} or {code, field, character} a line on stdout.  node engine_render.mjs <engine>
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

const papers = readFileSync(0, 'utf8').split('\n').filter(Boolean) // before Pyodide takes stdin
const engine = resolve(process.argv[2])
const bytes = (path) => new Uint8Array(readFileSync(join(engine, path)))

const { loadPyodide } = await import(pathToFileURL(join(engine, 'pyodide/pyodide.mjs')).href)
const py = await loadPyodide({
  indexURL: join(engine, 'pyodide/'),
  env: { HOME: '/home', PYTHONHASHSEED: process.env.PYTHONHASHSEED ?? '0' },
})
py.unpackArchive(bytes('app.zip'), 'zip', { extractDir: '/app' })
py.runPython("import sys; sys.path.insert(0, '/app')")
const { answer } = py.pyimport('printing.answer')
const { faces_of: facesOf, with_rare: withRare } = py.pyimport('printing.render')
const face = (role) => py.toPy(bytes(`faces/${role}.ttf`)).tobytes()
const faces = withRare(facesOf(face('body'), face('bold')), face('rare'))

function printed({ kind, facts }) {
  const result = answer(kind, facts, faces)
  try {
    if (result.type === 'Refused') {
      return { code: result.code, field: result.field, character: result.character }
    }
    return { sha256: createHash('sha256').update(result.toJs()).digest('hex') }
  } finally {
    result.destroy()
  }
}

for (const paper of papers) console.log(JSON.stringify(printed(JSON.parse(paper))))
