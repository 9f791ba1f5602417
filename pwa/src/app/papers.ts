/** Which feature knows the facts of which paper. */

import type { PaperTable } from '@/features/documents/public'
import { RECORD_KIND, RECORD_PAPER } from '@/features/inspections/public'
import { OPINION_PAPER, ORDER_PAPER } from '@/features/rectification/public'

/** In the order a visit needs them. */
export const PAPER_TABLE: PaperTable = {
  [RECORD_KIND]: RECORD_PAPER,
  rectification_order: ORDER_PAPER,
  recheck_opinion: OPINION_PAPER,
}
