/** What the desk asks of the server about plans, and the draft it keeps until then. */

import type { Enterprise } from '@contract/records'

import { ask, type Asked } from '@/adapters/asking'
import type { Http } from '@/adapters/http'
import type { AnswerBody, PlanDraft, PlanView } from '@/generated/http'
import type { Store } from '@/store/types'

const ROUTE = '/api/v1/plans'
const DRAFT = 'desk.plan.draft'
const STATES = ['pending_review', 'pending_approval', 'approved', 'refused'] as const

/** A plan as far as it is written. */
export interface Writing {
  readonly enterprise: Enterprise | null
  readonly draft: PlanDraft
}

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

export async function keepWriting(store: Store, writing: Writing | null): Promise<void> {
  await store.keep(DRAFT, writing)
}

export async function keptWriting(store: Store): Promise<Writing | null> {
  return ((await store.kept(DRAFT)) ?? null) as Writing | null
}
