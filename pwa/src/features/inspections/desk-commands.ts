/** What the desk asks of the server about a dossier. */

import { ask, type Asked } from '@/adapters/asking'
import type { Http } from '@/adapters/http'

/** 结案; refused with the server's own sentence while anything is open. */
export function closeDossier(http: Http, dossier: string): Promise<Asked<null>> {
  return ask(http, 'POST', `/api/v1/dossiers/${encodeURIComponent(dossier)}/close`)
}
