/** Questions to the server, with answers that are shown and not kept: the desk's lists. */

import { onScopeDispose, type Ref, ref, shallowRef, watch } from 'vue'

import { useClock } from './use-clock'
import { browserSignal, type Http, type HttpRequest, useHttp } from './http'

/** `title` is the server's own sentence, or says that it cannot be reached. */
export type Asked<Body> =
  | { readonly ok: true; readonly body: Body }
  | { readonly ok: false; readonly title: string }

/** What one address answers: the last body, why there is no newer one, and when it came (UTC ms). */
export interface Asking<Body> {
  readonly body: Readonly<Ref<Body | null>>
  /** Empty where the last answer came. */
  readonly fault: Readonly<Ref<string>>
  /** 0 before the first answer. */
  readonly asOf: Readonly<Ref<number>>
  again(): Promise<void>
}

const AWAY = '服务器暂时连不上。好了再试。'

/** `Body` is what the route answers, as `generated/http.ts` names it. */
export async function ask<Body>(
  http: Http,
  method: HttpRequest['method'],
  path: string,
  body?: unknown,
): Promise<Asked<Body>> {
  return askFor<Body>(http, { method, path, ...(body !== undefined && { body }) })
}

/** The same of any request: with a file, or with headers of its own. */
export async function askFor<Body>(http: Http, request: HttpRequest): Promise<Asked<Body>> {
  const answer = await http.send(request)
  if (answer.timeline === null) return { ok: false, title: AWAY }
  if (answer.status >= 200 && answer.status < 300) {
    return { ok: true, body: (answer.text === '' ? null : JSON.parse(answer.text)) as Body }
  }
  return { ok: false, title: titleOf(answer.text) }
}

/** Asks now, when the address changes, and when there is reason to think the answer is another. */
export function useAsking<Body>(path: () => string): Asking<Body> {
  const http = useHttp()
  return useAnswer(() => ask<Body>(http, 'GET', path()), path)
}

/** The same of several questions together; `watched` tells when they are others. */
export function useAnswer<Body>(
  question: () => Promise<Asked<Body>>,
  watched: () => unknown,
): Asking<Body> {
  const clock = useClock()
  const body = shallowRef<Body | null>(null)
  const fault = ref('')
  const asOf = ref(0)
  let turn = 0
  async function again(): Promise<void> {
    const mine = (turn += 1)
    const asked = await question()
    if (mine !== turn) return
    fault.value = asked.ok ? '' : asked.title
    if (!asked.ok) return
    body.value = asked.body
    asOf.value = clock.now()
  }
  watch(watched, again, { immediate: true })
  onScopeDispose(browserSignal.onHint(() => void again()))
  return { body, fault, asOf, again }
}

function titleOf(text: string): string {
  try {
    const { title } = JSON.parse(text) as { title?: unknown }
    return typeof title === 'string' && title !== '' ? title : AWAY
  } catch {
    return AWAY
  }
}
