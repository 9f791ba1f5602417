/**
 * Web Push. Many phones here cannot reach their push service at all, so a subscription is a bonus
 * that may be refused, or never answered; no reminder depends on it (architecture.md 8).
 */
import { type Outcome, done, failed } from './outcome'

export type PushPermission = NotificationPermission | 'unsupported'

export interface Subscribed {
  readonly endpoint: string
  /** The browser's public key and secret, base64url, as the server's encryption needs them. */
  readonly p256dh: string
  readonly auth: string
}

export type PushError = {
  readonly code: 'denied' | 'timeout' | 'unavailable' | 'unsupported'
}

export interface Notice {
  readonly title: string
  readonly body: string
  /** A later notice with the same tag replaces the earlier one: one per deadline. */
  readonly tag: string
  readonly url: string
}

export function pushPermission(): PushPermission {
  return typeof Notification === 'undefined' ? 'unsupported' : Notification.permission
}

/** Asks the officer; must be called from a tap. */
export async function askPushPermission(): Promise<PushPermission> {
  return typeof Notification === 'undefined' ? 'unsupported' : Notification.requestPermission()
}

/** `serverKey`: the VAPID public key, base64url. */
export async function subscribe(
  registration: ServiceWorkerRegistration,
  serverKey: string,
  timeoutMs: number,
): Promise<Outcome<Subscribed, PushError>> {
  const manager = registration.pushManager
  if (!manager || pushPermission() === 'unsupported') return failed({ code: 'unsupported' })
  if (pushPermission() !== 'granted') return failed({ code: 'denied' })
  const asked = manager.subscribe({ userVisibleOnly: true, applicationServerKey: serverKey })
  const answered = asked.then(subscribedOf, refusal)
  return Promise.race([answered, after(timeoutMs, failed<PushError>({ code: 'timeout' }))])
}

/** True when a subscription was there and is gone. */
export async function unsubscribe(registration: ServiceWorkerRegistration): Promise<boolean> {
  const subscription = await registration.pushManager?.getSubscription()
  return (await subscription?.unsubscribe()) ?? false
}

/** A notice from the phone itself, as when a deadline falls due while the app is open. */
export async function notifyLocally(
  registration: ServiceWorkerRegistration,
  { title, body, tag, url }: Notice,
): Promise<Outcome<void, PushError>> {
  if (pushPermission() !== 'granted') return failed({ code: 'denied' })
  await registration.showNotification(title, { body, tag, data: { url } })
  return done(undefined)
}

function subscribedOf(subscription: PushSubscription): Outcome<Subscribed, PushError> {
  const { endpoint, keys } = subscription.toJSON()
  if (!endpoint || !keys?.p256dh || !keys.auth) return failed({ code: 'unavailable' })
  return done({ endpoint, p256dh: keys.p256dh, auth: keys.auth })
}

function refusal(cause: unknown): Outcome<never, PushError> {
  const denied = cause instanceof DOMException && cause.name === 'NotAllowedError'
  return failed({ code: denied ? 'denied' : 'unavailable' })
}

function after<Value>(ms: number, value: Value): Promise<Value> {
  return new Promise((resolve) => setTimeout(() => resolve(value), ms))
}

/** The registration of the service worker once it controls this page. */
export function readyRegistration(): Promise<ServiceWorkerRegistration> {
  return navigator.serviceWorker.ready
}
