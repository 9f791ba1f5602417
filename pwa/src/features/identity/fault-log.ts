/**
 * 报告问题: what happened last in this page, by names of screens, codes, sizes and times. A line is
 * made of what the app itself is called, never of what is written in it: whatever does not look
 * like a name of ours becomes `?`.
 */

export type Trace =
  | { readonly kind: 'screen'; readonly name: string }
  | { readonly kind: 'http'; readonly method: string; readonly path: string; readonly status: number }
  | { readonly kind: 'error'; readonly error: unknown }

/** About this phone, in words of the browser. */
export interface PhoneFacts {
  readonly build: string
  readonly agent: string
  readonly screen: string
  readonly freeMb: number | null
}

/** How all work stands. */
export interface WorkFacts {
  readonly network: string
  readonly unsent: number
  readonly held: number
  readonly conflicts: number
  readonly skew: number
}

export interface FaultLog {
  note(trace: Trace, at: number): void
  /** The oldest first. */
  lines(): readonly string[]
}

const MOST = 200
const NAME = /^[A-Za-z][A-Za-z.]{0,39}$/
const METHOD = /^[A-Z]{3,6}$/
const PATH = /^\/api\/v1\/(sync\/[a-z]+|[a-z_-]+)/
const PLACE = /assets\/[A-Za-z]+-[\w-]{8}\.js:\d+:\d+/g
const PLACES = 3
const PRINTED = /[^ -~]/g
const LONGEST = 160

/** In memory alone, the last few hundred; closing the page forgets them. */
export function faultLog(): FaultLog {
  let kept: readonly string[] = []
  return {
    note: (trace, at) => {
      kept = [...kept, `${new Date(at).toISOString()} ${wordsOf(trace)}`].slice(-MOST)
    },
    lines: () => kept,
  }
}

/** What stands above the events. */
export function headLines(phone: PhoneFacts, work: WorkFacts): readonly string[] {
  const { network, unsent, held, conflicts, skew } = work
  return [
    `build ${phone.build}`,
    `agent ${phone.agent}`,
    `screen ${phone.screen}`,
    `free ${phone.freeMb ?? '?'} MB`,
    `network ${network} unsent ${unsent} held ${held} conflicts ${conflicts} skew ${skew}`,
  ].map((line) => line.replace(PRINTED, '?').slice(0, LONGEST))
}

function wordsOf(trace: Trace): string {
  switch (trace.kind) {
    case 'screen':
      return `screen ${named(trace.name, NAME)}`
    case 'http': {
      const path = PATH.exec(trace.path)?.[1] ?? '?'
      return `http ${named(trace.method, METHOD)} ${path} ${Math.trunc(trace.status)}`
    }
    case 'error':
      return errorWords(trace.error)
  }
}

/** The kind of an error and where in our files it arose; its message may hold anything. */
function errorWords(error: unknown): string {
  if (!(error instanceof Error)) return `error ${typeof error}`
  const places = (error.stack ?? '').match(PLACE) ?? []
  return ['error', named(error.name, NAME), ...places.slice(0, PLACES)].join(' ')
}

function named(name: string, like: RegExp): string {
  return like.test(name) ? name : '?'
}
