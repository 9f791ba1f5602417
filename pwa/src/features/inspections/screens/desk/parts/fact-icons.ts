/** How a fact is drawn in the timeline: acts of the office bear the office's own sign. */

import {
  BookmarkPlus,
  CircleX,
  FileCheck,
  Flag,
  type Icon,
  IdCard,
  Inbox,
  Landmark,
  MessageSquareWarning,
  MessagesSquare,
  Mic,
  PhoneOff,
  Printer,
  RefreshCw,
  ScanLine,
  Stamp,
} from '@/ui/icons'

import type { Kind } from '../../../desk-timeline'

export const FACT_ICONS: Readonly<Record<Kind, Icon>> = {
  scan: ScanLine,
  step: IdCard,
  recording: Mic,
  gap: PhoneOff,
  mark: BookmarkPlus,
  finding: MessageSquareWarning,
  exchange: MessagesSquare,
  issue: Stamp,
  void: CircleX,
  service: FileCheck,
  print: Printer,
  recheck: RefreshCw,
  office: Landmark,
  end: Flag,
  request: Inbox,
}

const GOOD: readonly Kind[] = ['scan', 'issue', 'service', 'office']

export function factTone(kind: Kind): 'plain' | 'good' | 'gap' {
  if (kind === 'gap') return 'gap'
  return GOOD.includes(kind) ? 'good' : 'plain'
}
