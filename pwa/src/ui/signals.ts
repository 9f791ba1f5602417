/** The signals of the product: word, icon, shape and colour, always all four (ux.md 1.2). */
import {
  AlarmClock,
  CircleDashed,
  CloudCheck,
  CloudUpload,
  Hourglass,
  type Icon,
  Inbox,
  Smartphone,
  Split,
} from './icons'

export type Signal =
  'local' | 'sending' | 'server' | 'conflict' | 'waiting' | 'soon' | 'missing' | 'overdue'

/** Quiet tags beside the signals: a choice made, a plain property, something in order. */
export type Tone = Signal | 'pine' | 'line' | 'good'

export const SIGNAL_ICONS: Readonly<Record<Signal, Icon>> = {
  local: Smartphone,
  sending: CloudUpload,
  server: CloudCheck,
  conflict: Split,
  waiting: Inbox,
  soon: Hourglass,
  missing: CircleDashed,
  overdue: AlarmClock,
}

/**
 * Where one piece of work is. `server` only after its signed receipt was checked on this phone; a
 * mere answer of the server is still `sending`.
 */
export type Place =
  | { readonly at: 'local' }
  | { readonly at: 'only_local' }
  | { readonly at: 'waiting_wifi' }
  | { readonly at: 'sending'; readonly percent: number }
  | { readonly at: 'sending_some'; readonly done: number; readonly of: number }
  | { readonly at: 'server' }
  | { readonly at: 'conflict' }
  | { readonly at: 'waiting' }

export interface PlaceWords {
  readonly signal: Signal
  readonly text: string
  /** 0 to 100, how far the tag is filled. */
  readonly percent?: number
}

export function placeWords(place: Place): PlaceWords {
  switch (place.at) {
    case 'local':
      return { signal: 'local', text: '已存本机' }
    case 'only_local':
      return { signal: 'local', text: '只在本机' }
    case 'waiting_wifi':
      return { signal: 'local', text: '等 Wi-Fi' }
    case 'sending':
      return { signal: 'sending', text: `上传 ${place.percent} %`, percent: place.percent }
    case 'sending_some':
      return { signal: 'sending', text: `${place.done} / ${place.of}`, percent: part(place) }
    case 'server':
      return { signal: 'server', text: '已在服务器' }
    case 'conflict':
      return { signal: 'conflict', text: '两份待选' }
    case 'waiting':
      return { signal: 'waiting', text: '待受理' }
  }
}

function part({ done, of }: { readonly done: number; readonly of: number }): number {
  return of === 0 ? 0 : Math.round((100 * done) / of)
}
