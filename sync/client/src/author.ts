/** How a changeset comes into being: id, time, body, link and signature in one step (CS, CK2). */

import { nextTime } from './clock'
import { writeBody } from './body'
import type { FieldDraft } from './body'
import { FIRST_PREV, headText, linkHash } from './chain'
import { formatId } from './names'
import type { DeviceState, OwnChangeset, Run, Signer } from './ports'
import type { MergeTable } from './rules'

/** `record` null makes a new record; `dossier` null makes it a new dossier too (GR4). */
export interface Draft {
  readonly dossier: string | null
  readonly entity: string
  readonly record: string | null
  readonly schema: number
  readonly fields: { readonly [name: string]: FieldDraft }
}

/** `device` is the state after it, for the next changeset of the same act. */
export interface Authored {
  readonly changeset: OwnChangeset
  readonly device: DeviceState
}

/**
 * Author one changeset at the end of the device's last run. `now` in UTC ms; `randomHex` is 8
 * fresh lower-case hex digits, used where a record is new. Nothing is stored: append it with
 * the chain end of `device`. Throws BodyError.
 */
export async function author(
  signer: Signer,
  table: MergeTable,
  device: DeviceState,
  draft: Draft,
  now: number,
  randomHex: string,
): Promise<Authored> {
  const run = lastRun(device)
  const at = { epoch: run.epoch, n: run.n + 1 }
  const id = formatId({ device: device.device, ...at })
  const record = draft.record ?? `${id}.${randomHex}`
  const dossier = draft.dossier ?? record
  const { entity, schema, fields } = draft
  const time = nextTime(device.time, now)
  const body = writeBody({ id, time, dossier, entity, record, schema, fields }, table)
  const hash = await linkHash(signer, id, run.hash, body)
  const signature = await signer.sign(headText(id, hash))
  return {
    changeset: { ...at, id, time, dossier, entity, record, body, hash, signature },
    device: { ...device, time, runs: [...device.runs.slice(0, -1), { ...run, n: at.n, hash }] },
  }
}

/** The run that is written to. */
export function lastRun(device: DeviceState): Run {
  return device.runs.at(-1) ?? { epoch: 1, n: 0, hash: FIRST_PREV, acked: 0 }
}
