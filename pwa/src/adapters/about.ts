/** What this browser is, for a report of a fault; and the errors nobody caught. */

import { browserStorage, space } from './storage'

const MEBIBYTE = 1_048_576

export interface AboutPhone {
  /** The name of the running program file: it changes with each version. */
  readonly build: string
  readonly agent: string
  readonly screen: string
  readonly freeMb: number | null
}

export async function aboutPhone(): Promise<AboutPhone> {
  const script = document.querySelector<HTMLScriptElement>('script[type="module"][src]')
  const free = (await space(browserStorage()))?.free
  return {
    build: script?.src.split('/').at(-1) ?? '?',
    agent: navigator.userAgent,
    screen: `${window.innerWidth}x${window.innerHeight}@${window.devicePixelRatio}`,
    freeMb: free === undefined ? null : Math.floor(free / MEBIBYTE),
  }
}

export function hearErrors(heard: (error: unknown) => void): void {
  window.addEventListener('error', ({ error }: ErrorEvent) => heard(error))
  window.addEventListener('unhandledrejection', ({ reason }) => heard(reason))
}
