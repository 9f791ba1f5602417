/** The ears of the fault log: changes of screen, answers of the server, errors nobody caught. */

import type { App } from 'vue'
import type { Router } from 'vue-router'

import { hearErrors } from '@/adapters/about'
import type { Clock } from '@/adapters/clock'
import type { Http } from '@/adapters/http'
import type { FaultLog, Trace } from '@/features/identity/public'

/** The same server; each answer leaves its code in the log. */
export function noted(http: Http, log: FaultLog, clock: Clock): Http {
  return {
    ...http,
    send: async (request) => {
      const answer = await http.send(request)
      const { method, path } = request
      log.note({ kind: 'http', method, path, status: answer.status }, clock.now())
      return answer
    },
  }
}

export function hearFaults(app: App, router: Router, log: FaultLog, clock: Clock): void {
  const note = (trace: Trace): void => log.note(trace, clock.now())
  router.afterEach((to) => note({ kind: 'screen', name: String(to.name ?? '') }))
  hearErrors((error) => note({ kind: 'error', error }))
  app.config.errorHandler = (error) => {
    note({ kind: 'error', error })
    console.error(error)
  }
}
