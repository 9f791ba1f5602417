/** 保管链, receipts and the order of sending, as plain judgements. */

import type { Custody, Receipt, Records } from '@contract/records'

export type Act = Pick<Custody, 'n' | 'act' | 'evidence'>

/** A custody record and its name, `<device>.<epoch>.<count>`. */
export interface Numbered {
  readonly id: string
  readonly values: Act
}

/** `<device>.<epoch>`: who numbered it, and since which fork; a record keeps it for ever. */
export function runOf(record: string): string {
  return record.split('.').slice(0, 2).join('.')
}

/** Who captured it: a record is named after the enrolment that made it. */
export function deviceOf(record: string): string {
  return record.split('.')[0] ?? ''
}

/** The newest run of a device among the names it has given; epoch 1 before the first. */
export function newestRun(device: string, records: readonly string[]): string {
  const own = records.filter((record) => record.startsWith(`${device}.`))
  const epochs = own.map((record) => Number(record.split('.')[1]))
  return `${device}.${Math.max(1, ...epochs)}`
}

/** Numbers of a run have no holes; the first is 1. */
export function nextNumber(run: string, ledger: readonly Numbered[]): number {
  const mine = ledger.filter(({ id }) => runOf(id) === run)
  return 1 + Math.max(0, ...mine.map(({ values }) => values.n ?? 0))
}

const CAPTURES = new Set(['captured', 'recording_started'])

/** Runs of a device with a capture that no `run_closed` follows. */
export function openRuns(device: string, ledger: readonly Numbered[]): readonly string[] {
  const last = new Map<string, Act>()
  const inOrder = [...ledger].sort((one, two) => (one.values.n ?? 0) - (two.values.n ?? 0))
  for (const { id, values } of inOrder) {
    const counts = CAPTURES.has(values.act ?? '') || values.act === 'run_closed'
    if (counts && id.startsWith(`${device}.`)) last.set(runOf(id), values)
  }
  return [...last].filter(([, { act }]) => act !== 'run_closed').map(([run]) => run)
}

/** What the server has signed (SPEC, signed texts). */
export function receiptText(dossier: string, receipt: Receipt): string {
  const { key, evidence, sha256, bytes, received } = receipt
  const fields = [key, dossier, evidence, sha256, bytes, received]
  return `anxun/receipt/1\n${fields.map((field) => `${field}\n`).join('')}`
}

/** Whether a receipt speaks of this very file. */
export function isFor(receipt: Receipt, record: string, evidence: Records['evidence']): boolean {
  return (
    receipt.evidence === record &&
    receipt.sha256 === evidence.sha256 &&
    receipt.bytes === evidence.bytes
  )
}

/**
 * Whether the phone may drop bytes the server has signed for: once a backup holds them; where none
 * is ever made, after `freeAfter` ms. Instants in UTC ms.
 */
export function mayFree(received: number, backedUp: number, freeAfter: number, now: number): boolean {
  return backedUp > 0 ? received <= backedUp : received + freeAfter <= now
}

/** The day a key was withdrawn is a day in China, `YYYY-MM-DD`; `received` is UTC ms. */
export function isHonoured(withdrawnOn: string | undefined, received: number): boolean {
  return !withdrawnOn || received < Date.parse(`${withdrawnOn}T00:00:00+08:00`)
}

const ORDER = ['pdf', 'scan', 'photo', 'audio', 'video']

/** Something to be sent. */
export interface Waiting {
  readonly kind: string
  readonly captured: number
  /** 先传这个: the order of asking; 0 = not asked for. */
  readonly raised: number
}

/** Papers, photos, sound, picture; within a kind the older first; what was asked for before all. */
export function bySending(one: Waiting, two: Waiting): number {
  if (one.raised !== two.raised) return two.raised - one.raised
  return ORDER.indexOf(one.kind) - ORDER.indexOf(two.kind) || one.captured - two.captured
}

/** Recordings wait for Wi-Fi unless the officer says otherwise; nothing else does. */
export function waitsForWifi(kind: string, metered: boolean, anyNetwork: boolean): boolean {
  return metered && !anyNetwork && (kind === 'audio' || kind === 'video')
}

/** 0 to 100; 100 only when all is there. */
export function percentOf(sent: number, bytes: number): number {
  return bytes === 0 ? 0 : Math.floor((100 * Math.min(sent, bytes)) / bytes)
}

/** `audio/webm` of `audio/webm;codecs=opus`. */
export function bareType(type: string): string {
  return type.split(';')[0]?.trim().toLowerCase() ?? ''
}
