/** What the legal section does with a complaint. */

import { ask, type Asked } from '@/adapters/asking'
import type { Http } from '@/adapters/http'
import type { ComplaintBody } from '@/generated/http'

/** 受理, 答复, 办结; refused with the server's own sentence. */
export function followComplaint(
  http: Http,
  dossier: string,
  body: ComplaintBody,
): Promise<Asked<null>> {
  return ask(http, 'POST', `/api/v1/complaints/${encodeURIComponent(dossier)}`, body)
}
