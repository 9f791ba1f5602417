/** The real server as a child process: one JSON object a line each way. */

import { spawn } from 'node:child_process'
import type { ChildProcessWithoutNullStreams } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createInterface } from 'node:readline'

export interface Answer {
  readonly id: number
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
  readonly headers: { readonly timeline: string }
}

interface Waiting {
  readonly resolve: (answer: Answer) => void
  readonly reject: (error: Error) => void
}

/** The server died, and its last words. */
export class ServerEnded extends Error {}

/** A database in memory pages, where the machine has them, spares the disk. */
const FAST_FOLDER = '/dev/shm'

export class Server {
  private readonly child: ChildProcessWithoutNullStreams
  private readonly waiting = new Map<number, Waiting>()
  private last = 0
  private errors = ''
  private ended: ServerEnded | null = null

  constructor(root: string) {
    const env = existsSync(FAST_FOLDER) ? { ...process.env, TMPDIR: FAST_FOLDER } : process.env
    const python = `${root}/.venv/bin/python`
    this.child = spawn(python, ['-m', 'backend.cli', 'simulate'], { cwd: root, env })
    createInterface({ input: this.child.stdout }).on('line', (line) => this.hear(line))
    this.child.stderr.on('data', (data: Buffer) => (this.errors += data.toString()))
    this.child.on('close', () => this.end())
    this.child.stdin.on('error', () => this.end())
  }

  /** One request. Rejects with ServerEnded. */
  async ask(op: string, facts: object = {}): Promise<Answer> {
    if (this.ended !== null) throw this.ended
    const id = ++this.last
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject })
      this.child.stdin.write(`${JSON.stringify({ id, op, ...facts })}\n`)
    })
  }

  /** The body of a request that must succeed. */
  async told<T>(op: string, facts: object = {}): Promise<T> {
    const { status, body } = await this.ask(op, facts)
    if (status !== 200) throw new Error(`${op}: ${status} ${JSON.stringify(body)}`)
    return body as T
  }

  stop(): void {
    this.child.stdin.end()
  }

  private hear(line: string): void {
    const answer = JSON.parse(line) as Answer
    this.waiting.get(answer.id)?.resolve(answer)
    this.waiting.delete(answer.id)
  }

  private end(): void {
    const error = new ServerEnded(this.errors.slice(-2000))
    this.ended = error
    for (const { reject } of this.waiting.values()) reject(error)
    this.waiting.clear()
  }
}
