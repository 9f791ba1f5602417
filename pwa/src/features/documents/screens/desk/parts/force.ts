/** How a paper's force is shown: word, icon and tone. */

import { CircleX, FileCheck, type Icon, RefreshCw } from '@/ui/icons'
import type { Tone } from '@/ui/signals'

import type { Force } from '../../../model'

export interface ForceSign {
  readonly word: string
  readonly icon: Icon
  readonly tone: Tone
}

export const FORCE_SIGNS: Readonly<Record<Force, ForceSign>> = {
  current: { word: '现行', icon: FileCheck, tone: 'pine' },
  corrected: { word: '已更正', icon: RefreshCw, tone: 'soon' },
  void: { word: '已作废', icon: CircleX, tone: 'line' },
}
