/** What a push message says and where a tap on it leads. Pure. */

export interface Notice {
  readonly title: string
  readonly body: string
  /** A later notice with the same tag replaces the earlier one: one per deadline. */
  readonly tag: string
  /** Path and hash within the app. */
  readonly url: string
}

const UNREADABLE: Notice = { title: '安巡', body: '有新消息。打开看看。', tag: 'inbox', url: '/#/f/inbox' }

/** A browser demands that each push shows something: an unreadable one leads to the inbox. */
export function noticeOf(text: string): Notice {
  const read = parsed(text)
  const from = (name: keyof Notice): string => {
    const value = read[name]
    return typeof value === 'string' && value !== '' ? value : UNREADABLE[name]
  }
  return { title: from('title'), body: from('body'), tag: from('tag'), url: from('url') }
}

function parsed(text: string): Partial<Record<keyof Notice, unknown>> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}

/** True when going from `open` to `wanted` changes the hash only, so that nothing is reloaded. */
export function opensInPlace(open: URL, wanted: URL): boolean {
  const page = ({ origin, pathname, search }: URL): string => origin + pathname + search
  return page(open) === page(wanted)
}
