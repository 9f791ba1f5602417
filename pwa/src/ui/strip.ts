/** The one sentence that says where all work is, under the title of each screen. */

export type Strip =
  | { readonly kind: 'storage'; readonly minutes: number }
  | { readonly kind: 'conflicts'; readonly count: number }
  | { readonly kind: 'waiting'; readonly count: number }
  | { readonly kind: 'sending'; readonly done: number; readonly of: number }
  | { readonly kind: 'unreachable'; readonly unsent: number }
  | { readonly kind: 'offline'; readonly unsent: number }
  | { readonly kind: 'expired'; readonly unsent: number }
  | { readonly kind: 'unsent'; readonly count: number }
  | { readonly kind: 'server'; readonly at: string }

/** Everything that may be true at once; `undefined` is not the case. */
export interface StripFacts {
  /** Minutes of recording the phone has room for, when that is little. */
  readonly roomMinutes: number | undefined
  readonly conflicts: number
  /** Items the server put aside until the section head decides. */
  readonly waiting: number
  readonly unsent: number
  readonly sending: { readonly done: number; readonly of: number } | undefined
  readonly network: 'none' | 'no_server' | 'expired' | 'there'
  /** When the last receipt was checked, `HH:MM`. */
  readonly at: string
}

export interface StripWords {
  readonly main: string
  readonly aside?: string
}

/** The most urgent of what is true. */
export function stripOf(facts: StripFacts): Strip {
  if (facts.roomMinutes !== undefined) return { kind: 'storage', minutes: facts.roomMinutes }
  if (facts.conflicts > 0) return { kind: 'conflicts', count: facts.conflicts }
  if (facts.waiting > 0) return { kind: 'waiting', count: facts.waiting }
  if (facts.network === 'there' && facts.sending) return { kind: 'sending', ...facts.sending }
  if (facts.network === 'no_server') return { kind: 'unreachable', unsent: facts.unsent }
  if (facts.network === 'none') return { kind: 'offline', unsent: facts.unsent }
  if (facts.network === 'expired') return { kind: 'expired', unsent: facts.unsent }
  if (facts.unsent > 0) return { kind: 'unsent', count: facts.unsent }
  return { kind: 'server', at: facts.at }
}

export function stripWords(strip: Strip, visit = false): StripWords {
  switch (strip.kind) {
    case 'storage':
      return { main: `空间还够录音 ${strip.minutes} 分钟`, aside: '去腾空间' }
    case 'conflicts':
      return { main: `有 ${strip.count} 处两份待选` }
    case 'waiting':
      return { main: `有 ${strip.count} 项待受理` }
    case 'sending':
      return { main: `正在上传 ${strip.done} / ${strip.of}` }
    case 'unreachable':
      return { main: '服务器暂时连不上，本机照常保存', ...unsentWords(strip.unsent, visit) }
    case 'offline':
      return { main: offlineWords(visit), ...unsentWords(strip.unsent, visit) }
    case 'expired':
      return { main: '登录过期了，本机照常保存', ...unsentWords(strip.unsent, visit) }
    case 'unsent':
      return { main: `本机待传 ${strip.count} 项` }
    case 'server':
      return { main: ['全部在服务器', strip.at].filter(Boolean).join(' · ') }
  }
}

function offlineWords(visit: boolean): string {
  return visit ? '没有网络，全部存在本机' : '没有网络，可以照常工作'
}

function unsentWords(count: number, visit: boolean): { aside?: string } {
  if (count === 0) return {}
  return { aside: visit ? `待传 ${count} 项` : `本机待传 ${count} 项` }
}
