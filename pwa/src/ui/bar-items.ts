import type { Icon } from './icons'

/** A place or act at the foot of a phone screen. */
export interface BarItem {
  readonly id: string
  readonly label: string
  readonly icon: Icon
  /** How much waits there; `countWords` says it aloud: 「3 份要办」. */
  readonly count?: number
  readonly countWords?: string
}

export interface TabItem extends BarItem {
  /** Where it leads: a hash route. */
  readonly href: string
}
