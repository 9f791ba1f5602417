/** Questions of the desk: a session that has ended is no answer to them. */

import type { Http } from '@/adapters/http'
import type { Store } from '@/store'

const NO_SESSION = 401

/**
 * The same server, asked once more where the session had ended and the open keys have opened another
 * (SN12). Where the enrolment has ended, the store learns it here and the gate leads away at once.
 */
export function renewing(http: Http, store: Store): Http {
  return {
    ...http,
    send: async (request) => {
      const answer = await http.send(request)
      if (answer.status !== NO_SESSION || store.gate() !== 'open') return answer
      await store.sync().catch(() => undefined)
      return store.status().network === 'ok' ? http.send(request) : answer
    },
  }
}
