/**
 * Pictures another app shares with this one. They are held in the worker's memory, never in a
 * cache: an officer's photos lie nowhere on the phone unencrypted. Whoever opens the app too late
 * shares them again.
 */

/** A picture and what the other app called it; bytes, for a browser may put a large blob on disk. */
export interface Handed {
  readonly name: string
  readonly type: string
  readonly bytes: ArrayBuffer
}

/** Name of the form's field, as the manifest has it. */
const FIELD = 'pictures'
const PLACE = '/#/f/received'
/** A browser ends an idle worker; for this long it is kept for whoever types a PIN. */
const KEPT_MS = 240_000
/** An app that is open answers at once. */
const ANSWER_MS = 1_000
const MOST_BYTES = 200_000_000

let held: readonly Handed[] = []
let letGo = (): void => undefined

/**
 * An app that is open keeps its page, for a recording may run in it: it is told, and the share
 * answered without content. Else the app is opened, locked as it is.
 */
export async function receive(event: FetchEvent, pages: Clients): Promise<Response> {
  held = [...held, ...(await picturesIn(event.request))]
  event.waitUntil(keptForAWhile())
  const open = await pages.matchAll({ type: 'window' })
  const answers = await Promise.all(open.map(showsThem))
  if (answers.includes(true)) return new Response(null, { status: 204 })
  return Response.redirect(PLACE, 303)
}

/** Each is handed over once. */
export function handOver(to: MessagePort | undefined): void {
  const taken = held
  held = []
  letGo()
  to?.postMessage(taken, taken.map(({ bytes }) => bytes))
}

async function picturesIn(request: Request): Promise<readonly Handed[]> {
  const form = await request.formData()
  const files = form.getAll(FIELD).filter((each) => each instanceof File)
  const size = files.reduce((sum, file) => sum + file.size, 0)
  return size > MOST_BYTES ? [] : Promise.all(files.map(inMemory))
}

async function inMemory(file: File): Promise<Handed> {
  return { name: file.name, type: file.type, bytes: await file.arrayBuffer() }
}

function keptForAWhile(): Promise<void> {
  letGo()
  return new Promise<void>((done) => {
    letGo = done
    setTimeout(done, KEPT_MS)
  })
}

/** False where the page is locked, or older than this worker and does not answer. */
function showsThem(page: Client): Promise<boolean> {
  const { port1, port2 } = new MessageChannel()
  return new Promise((answer) => {
    port1.onmessage = ({ data }) => answer(data === true)
    setTimeout(answer, ANSWER_MS, false)
    page.postMessage({ type: 'HANDED' }, [port2])
  })
}
