/** The peer: PouchDB in this process against express-pouchdb in another, batches of 1,000. */

import { fork } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import PouchDB from 'pouchdb'

import { findings } from './rows.mjs'

const BATCH = { batch_size: 1000 }
const [role, port, proxy] = process.argv.slice(2)

async function serve() {
  const { default: express } = await import('express')
  const { default: expressPouch } = await import('express-pouchdb')
  const folder = mkdtempSync(join(tmpdir(), 'pouch-'))
  const Server = PouchDB.defaults({ prefix: `${folder}/` })
  const app = express()
  app.use('/', expressPouch(Server, { mode: 'minimumForPouchDB', logPath: join(folder, 'log') }))
  app.listen(Number(port), '127.0.0.1', () => process.send?.('up'))
}

async function timed(work) {
  const started = performance.now()
  await work()
  return (performance.now() - started) / 1000
}

async function measure() {
  const server = fork(fileURLToPath(import.meta.url), ['serve', port])
  await new Promise((up) => server.once('message', up))
  const folder = mkdtempSync(join(tmpdir(), 'pouch-client-'))
  const remote = `http://127.0.0.1:${proxy}/bench`
  const [a, b] = ['a', 'b'].map((name) => new PouchDB(join(folder, name)))
  const rows = findings(10_000).map((row, n) => ({ _id: String(n).padStart(6, '0'), ...row }))
  await a.bulkDocs(rows)
  const push = await timed(() => a.replicate.to(remote, BATCH))
  console.log(JSON.stringify({ push }))
  await mark('pull')
  const pull = await timed(() => b.replicate.from(remote, BATCH))
  console.log(JSON.stringify({ pull }))
  await mark('conflict')
  for (const [db, word] of [[a, '甲'], [b, '乙']]) {
    const { rows: first } = await db.allDocs({ include_docs: true, limit: 1000 })
    await db.bulkDocs(first.map(({ doc }) => ({ ...doc, problem: `${word}写的：${doc.problem}` })))
  }
  const conflict = await timed(async () => {
    await a.replicate.to(remote, BATCH)
    await b.replicate.to(remote, BATCH)
    await a.replicate.from(remote, BATCH)
  })
  const after = await a.allDocs({ include_docs: true, conflicts: true, limit: 1000 })
  const surfaced = after.rows.filter(({ doc }) => doc._conflicts?.length === 1).length
  console.log(JSON.stringify({ conflict, surfaced }))
  server.kill()
  process.exit(0)
}

/** Tells the driver where one phase ends, and waits until it has read the byte counter. */
function mark(next) {
  console.log(JSON.stringify({ next }))
  return new Promise((go) => process.stdin.once('data', go))
}

await (role === 'serve' ? serve() : measure())
