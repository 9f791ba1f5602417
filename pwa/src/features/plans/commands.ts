/** What the desk asks of the server about plans. */

import { ask, type Asked } from '@/adapters/asking'
import type { Http } from '@/adapters/http'
import type {
  AnswerBody,
  ItemList,
  ItemListView,
  Ledger,
  PlanAdvice,
  PlanDraft,
  PlanView,
  SpecialDraft,
  SpecialView,
} from '@/generated/http'

const ROUTE = '/api/v1/plans'
const SPECIALS = '/api/v1/special-checks'
const LISTS = '/api/v1/item-lists'
const STATES = ['pending_review', 'pending_approval', 'approved', 'refused', 'cancelled'] as const

export type Turn = 'review' | 'approve'

/** Every plan this reader made or may answer now, the newest first. */
export async function readPlans(http: Http): Promise<Asked<readonly PlanView[]>> {
  const asked = await Promise.all(
    STATES.map((state) => ask<readonly PlanView[]>(http, 'GET', `${ROUTE}?plan_state=${state}`)),
  )
  const fault = asked.find((each) => !each.ok)
  if (fault) return fault
  const plans = asked.flatMap((each) => (each.ok ? each.body : []))
  return { ok: true, body: plans.sort((one, two) => two.created - one.created) }
}

export function submitPlan(http: Http, draft: PlanDraft): Promise<Asked<PlanView>> {
  return ask(http, 'POST', ROUTE, draft)
}

export function answerPlan(
  http: Http,
  plan: string,
  turn: Turn,
  body: AnswerBody,
): Promise<Asked<PlanView>> {
  return ask(http, 'POST', `${ROUTE}/${encodeURIComponent(plan)}/${turn}`, body)
}

/** One plan in any state, with the answers it was given. */
export function readPlan(http: Http, plan: string): Promise<Asked<PlanView>> {
  return ask(http, 'GET', `${ROUTE}/${encodeURIComponent(plan)}`)
}

/** 取消 before arrival. */
export function cancelPlan(http: Http, plan: string, words: string): Promise<Asked<PlanView>> {
  return ask(http, 'POST', `${ROUTE}/${encodeURIComponent(plan)}/cancel`, { words })
}

/** The year of an enterprise, and what should be thought of before it is visited on a day. */
export function readAdvice(
  http: Http,
  enterprise: string,
  day: string,
): Promise<Asked<PlanAdvice>> {
  const query = `enterprise=${encodeURIComponent(enterprise)}&planned_for=${day}`
  return ask(http, 'GET', `${ROUTE}/advice?${query}`)
}

/** 专项和重点时段检查台账 of the year (S3-A3). */
export function readLedger(http: Http): Promise<Asked<Ledger>> {
  return ask(http, 'GET', SPECIALS)
}

export function reportSpecial(http: Http, draft: SpecialDraft): Promise<Asked<SpecialView>> {
  return ask(http, 'POST', SPECIALS, draft)
}

export function answerSpecial(
  http: Http,
  special: string,
  body: AnswerBody,
): Promise<Asked<SpecialView>> {
  return ask(http, 'POST', `${SPECIALS}/${encodeURIComponent(special)}/answer`, body)
}

/** Versions of the 检查事项清单, the newest first (S3-2.2). */
export function readLists(http: Http): Promise<Asked<readonly ItemListView[]>> {
  return ask(http, 'GET', LISTS)
}

export function publishList(http: Http, list: ItemList): Promise<Asked<ItemList>> {
  return ask(http, 'POST', LISTS, list)
}
