/** What the desk asks of the server about imports. The file goes with each question; none is kept. */

import { ask, askFor, type Asked } from '@/adapters/asking'
import type { Http } from '@/adapters/http'
import type { CheckView, RunView, UndoView } from '@/generated/http'

import type { Kind, Version } from './views'

export const ROUTE = '/api/v1/imports'
/** Twenty thousand rows take their time. */
const PATIENCE_MS = 300_000
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

export interface Sheet {
  readonly kind: Kind
  readonly file: File
  readonly version: Version
}

export function tryFile(http: Http, sheet: Sheet): Promise<Asked<CheckView>> {
  return send(http, sheet, 'check', versionOf(sheet))
}

/** Exactly what the trial of this token promised; `partial`: also where rows are refused. */
export function applyFile(
  http: Http,
  sheet: Sheet,
  token: string,
  partial: boolean,
): Promise<Asked<RunView>> {
  return send(http, sheet, 'apply', { ...versionOf(sheet), token, partial: String(partial) })
}

export function undoRun(http: Http, run: string, rest: boolean): Promise<Asked<UndoView>> {
  return ask(http, 'POST', `${ROUTE}/runs/${encodeURIComponent(run)}/undo`, { rest })
}

/** Where the rows that a run refused are listed; `/sheet` under it is the .xlsx of them. */
export function refusedPath(run: string): string {
  return `${ROUTE}/runs/${encodeURIComponent(run)}/refused`
}

function send<Body>(
  http: Http,
  { kind, file }: Sheet,
  act: string,
  asked: Readonly<Record<string, string>>,
): Promise<Asked<Body>> {
  return askFor<Body>(http, {
    method: 'POST',
    path: `${ROUTE}/${kind}/${act}?${new URLSearchParams(asked)}`,
    headers: { 'anxun-file-name': encodeURIComponent(file.name) },
    file: new Blob([file], { type: XLSX }),
    timeoutMs: PATIENCE_MS,
  })
}

function versionOf({ kind, version }: Sheet): Readonly<Record<string, string>> {
  return kind === 'items' ? { ...version } : {}
}
