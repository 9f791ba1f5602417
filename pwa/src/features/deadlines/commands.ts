/** What a phone asks of the server about messages: read them, answer them, be reached by push. */

import { ask, type Asked } from '@/adapters/asking'
import type { Http } from '@/adapters/http'
import { askPushPermission, subscribe } from '@/adapters/push'
import type { FeedState, InboxLine } from '@/generated/http'

const WAIT_MS = 8_000
const OK = 200
const DONE = 204

/** The inbox; null while the server cannot be reached. */
export async function readInbox(http: Http): Promise<readonly InboxLine[] | null> {
  const answer = await http.send({ method: 'GET', path: '/api/v1/inbox' })
  return answer.status === OK ? (JSON.parse(answer.text) as InboxLine[]) : null
}

/** 知道了. */
export async function acknowledge(http: Http, id: string): Promise<boolean> {
  const path = `/api/v1/inbox/${encodeURIComponent(id)}/acknowledge`
  return (await http.send({ method: 'POST', path, body: {} })).status === DONE
}

const FEED = '/api/v1/calendar'

/** A new address for the calendar; the one before ends. `url` is told only in this answer. */
export function giveFeed(http: Http, names: boolean): Promise<Asked<FeedState>> {
  return ask<FeedState>(http, 'POST', FEED, { names })
}

/** The address answers nothing any more. */
export function endFeed(http: Http): Promise<Asked<null>> {
  return ask<null>(http, 'DELETE', FEED)
}

/** Ask, subscribe, tell the server. False where the phone or its push service says no. */
export async function openPush(
  http: Http,
  registration: ServiceWorkerRegistration,
  device: string,
): Promise<boolean> {
  if ((await askPushPermission()) !== 'granted') return false
  const answer = await http.send({ method: 'GET', path: '/api/v1/push/key' })
  if (answer.status !== OK) return false
  const { key } = JSON.parse(answer.text) as { key: string }
  const made = await subscribe(registration, key, WAIT_MS)
  if (!made.ok) return false
  const body = { ...made.value, device }
  return (await http.send({ method: 'POST', path: '/api/v1/push/subscriptions', body })).status === DONE
}
