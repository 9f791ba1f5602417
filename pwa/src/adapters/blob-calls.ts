/** Calls from a page to a worker that handles evidence files, answered strictly in order. */
import { type BlobError, settle } from './blob-error'
import { inOrder } from './in-order'
import { type Outcome, failed } from './outcome'

export type CallTable = Record<string, { ask: unknown; answer: unknown }>

export type Call<Table extends CallTable> = <Name extends keyof Table & string>(
  name: Name,
  ask: Table[Name]['ask'],
  transfer?: Transferable[],
) => Promise<Outcome<Table[Name]['answer'], BlobError>>

export type Handlers<Table extends CallTable> = {
  readonly [Name in keyof Table]: (ask: Table[Name]['ask']) => Promise<Table[Name]['answer']>
}

interface Question {
  readonly number: number
  readonly name: string
  readonly ask: unknown
}

interface Reply {
  readonly number: number
  readonly outcome: Outcome<unknown, BlobError>
}

/** The page's end; the worker starts at the first call. One that could not answers `failed`. */
export function connect<Table extends CallTable>(start: () => Worker): Call<Table> {
  const open = new Map<number, (outcome: Outcome<never, BlobError>) => void>()
  let number = 0
  let lost: Outcome<never, BlobError> | undefined
  let worker: Worker | undefined
  const hear = ({ data }: MessageEvent<Reply>): void => {
    // The reply bears the number of a question whose type `Call` fixed.
    open.get(data.number)?.(data.outcome as Outcome<never, BlobError>)
    open.delete(data.number)
  }
  const lose = ({ message }: ErrorEvent): void => {
    const outcome = failed<BlobError>({ code: 'failed', detail: message || 'worker' })
    lost = outcome
    open.forEach((answer) => answer(outcome))
    open.clear()
  }
  const begun = (): Worker => {
    const made = start()
    made.addEventListener('message', hear)
    made.addEventListener('error', lose)
    return made
  }
  return (name, ask, transfer = []) =>
    new Promise((resolve) => {
      if (lost) return resolve(lost)
      number += 1
      open.set(number, resolve)
      worker ??= begun()
      worker.postMessage({ number, name, ask } satisfies Question, transfer)
    })
}

/** The worker's end. */
export function serve<Table extends CallTable>(handlers: Handlers<Table>): void {
  const queue = inOrder()
  addEventListener('message', (event: MessageEvent<Question>) => {
    const { number, name, ask } = event.data
    void queue(async () => {
      const handler = handlers[name as keyof Table]
      const outcome = await settle(() => handler(ask as Table[keyof Table]['ask']))
      postMessage({ number, outcome } satisfies Reply)
    })
  })
}
