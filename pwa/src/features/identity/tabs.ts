/** The five places of the phone. */

import type { TabItem } from '@/ui/bar-items'
import { Building2, CalendarClock, CircleUserRound, ListChecks, ScanLine } from '@/ui/icons'

export const FIELD_TABS: readonly TabItem[] = [
  { id: 'today', label: '今日', icon: ListChecks, href: '#/f' },
  { id: 'enterprises', label: '企业', icon: Building2, href: '#/f/e' },
  { id: 'scan', label: '扫码', icon: ScanLine, href: '#/f/scan' },
  { id: 'deadlines', label: '期限', icon: CalendarClock, href: '#/f/due' },
  { id: 'me', label: '我的', icon: CircleUserRound, href: '#/f/me' },
]
