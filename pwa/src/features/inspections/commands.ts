/**
 * What officers write from the door to the meeting room: who came, by which code, which steps
 * of the law were taken. Arrivals and steps are sealed facts. Instants are UTC ms.
 */

import type { Enterprise, Exempt, Item, Place, Reception, Scan, Unit } from '@contract/records'

import { verifyText } from '@/adapters/signature'
import type { CodeParts, SignatureResult } from '@/features/enterprises/public'
import type { Entity, Person, Store, Write } from '@/store/types'

/** How the officers came in: by the enterprise's code, or the reason there was none (S3-4.2a). */
export interface Entry {
  readonly scan: Scan | null
  /** Of the pack's `scan.reasons`, or the officer's own words. */
  readonly reason: string
}

/** The entry made at one enterprise, kept until the visit begins there. */
export interface KeptEntry extends Entry {
  /** Register id, or the credit code where the register does not know it. */
  readonly enterprise: string
  readonly at: number
}

/** Where the recording stood when a step was taken. */
export interface Mark {
  readonly recording: string
  readonly offset: number
}

export type StepName =
  | 'recording_started'
  | 'recording_skipped'
  | 'scan_skipped'
  | 'certificates_shown'
  | 'rights_told'
  | 'integrity_statement'
  | 'law_lesson'
  | 'reception'

export interface StepTaken {
  readonly name: StepName
  readonly at: number
  readonly mark: Mark | null
  readonly officers?: readonly string[]
  readonly certificates?: readonly string[]
  readonly reception?: Reception
  readonly words?: string
}

/** An inspection opened on the phone, without an approved plan. */
export interface Opening {
  readonly unit: Unit
  /** Register id; empty where only the code is known. */
  readonly enterprise: string
  readonly sector: string
  readonly reason: string
  readonly officers: readonly string[]
  readonly items: readonly Item[]
  /** Asia/Shanghai. */
  readonly day: string
}

const ENTRY = 'inspections.entry'
const TEAM = 'inspections.team'
const SEEN = 'inspections.seen'
const RECEPTION = 'inspections.reception'

/** Offline as well (GR4): dossier, inspection and a check for each item, written by who opens it. */
export async function openVisit(store: Store, person: Person, visit: Opening): Promise<string> {
  const { unit, enterprise, reason, items, day } = visit
  const named = { code: unit.code ?? '', name: unit.name, ...(enterprise && { id: enterprise }) }
  const { bureau, section } = person
  const dossier = await store.open({
    kind: 'inspection',
    bureau,
    section,
    enterprise: named,
    reason,
  })
  const inspection: Write<'inspection'> = {
    dossier,
    entity: 'inspection',
    fields: {
      kind: 'enforcement',
      unit,
      sector: visit.sector,
      planned_for: day,
      reason,
      list_version: items[0]?.list_version ?? '',
      officers: [...visit.officers],
    },
  }
  await store.append([inspection, ...items.map((item, at) => checkOf(dossier, item, at + 1))])
  return dossier
}

/** Who came and how; the first arrival of a visit is its beginning. */
export async function arrive(
  store: Store,
  dossier: string,
  officer: string,
  at: number,
  entry: Entry,
  place: Place | null = null,
  exemption: Exempt | null = null,
): Promise<void> {
  const how = entry.scan ? { scan: entry.scan } : { reason: entry.reason }
  const came: Write<'arrival'> = {
    dossier,
    entity: 'arrival',
    fields: { officer, at, ...how, ...(place && { place }), ...(exemption && { exemption }) },
  }
  const inspection = store.records(dossier, 'inspection')[0]
  const begins = inspection !== undefined && !inspection.values.started
  const started: readonly Write<'inspection'>[] = begins
    ? [{ dossier, entity: 'inspection', id: inspection.id, fields: { started: at } }]
    : []
  await store.append([came, ...started])
}

/** Who goes along; the union keeps whoever a colleague named meanwhile. */
export async function addOfficers(
  store: Store,
  dossier: string,
  officers: readonly string[],
): Promise<void> {
  const inspection = store.records(dossier, 'inspection')[0]
  const missing = officers.filter((each) => !inspection?.values.officers?.includes(each))
  if (inspection === undefined || missing.length === 0) return
  const fields = { officers: { add: missing } }
  await store.append([{ dossier, entity: 'inspection', id: inspection.id, fields }])
}

export async function recordStep(store: Store, dossier: string, step: StepTaken): Promise<void> {
  const { name, at, mark, officers, certificates, reception, words } = step
  await store.append([
    {
      dossier,
      entity: 'step',
      fields: {
        name,
        at,
        ...(officers && { officers: [...officers] }),
        ...(certificates && { certificates: [...certificates] }),
        ...(reception && { reception }),
        ...(words && { words }),
        ...(mark && { recording: mark.recording, offset: mark.offset }),
      },
    },
  ])
}

/** One register of one record. */
export interface RegisterName {
  readonly dossier: string
  readonly entity: Entity
  readonly record: string
  readonly field: string
}

/** One of two versions, or a third made of both, is what counts from now on. */
export async function choose(
  store: Store,
  at: RegisterName,
  value: unknown,
): Promise<void> {
  await store.resolve(at.dossier, at.entity, at.record, at.field, value)
}

/** The bureau's signature on an enterprise code, checked with the keys this phone carries. */
export async function checkSignature(store: Store, code: CodeParts): Promise<SignatureResult> {
  const key = store.register('keys', 'server_key').rows.get(code.key)
  if (key === undefined) return 'unknown_key'
  return (await verifyText(key.public, code.signed_text, code.signature)) ? 'ok' : 'bad'
}

export async function keepEntry(store: Store, entry: KeptEntry): Promise<void> {
  await store.keep(ENTRY, entry)
}

export async function forgetEntry(store: Store): Promise<void> {
  await store.keep(ENTRY, null)
}

/** Who was asked along at this enterprise, until the visit begins: the way there leads off its page. */
export async function keepAlong(
  store: Store,
  enterprise: string,
  officers: readonly string[],
): Promise<void> {
  await store.keep(TEAM, { enterprise, officers })
}

export async function keptAlong(store: Store, enterprise: string): Promise<readonly string[]> {
  const kept = (await store.kept(TEAM)) as
    | { readonly enterprise: string; readonly officers: readonly string[] }
    | undefined
  return kept?.enterprise === enterprise ? kept.officers : []
}

/** The entry made at this enterprise since `since` (UTC ms); an older one is of another visit. */
export async function keptEntry(
  store: Store,
  enterprise: string,
  since: number,
): Promise<KeptEntry | null> {
  const kept = ((await store.kept(ENTRY)) ?? null) as KeptEntry | null
  return kept?.enterprise === enterprise && kept.at >= since ? kept : null
}

/** The reception as far as it is written; it becomes a sealed step only when it is complete. */
export async function keepReception(
  store: Store,
  dossier: string,
  reception: Reception,
): Promise<void> {
  await store.keep(`${RECEPTION}.${dossier}`, reception)
}

export async function keptReception(store: Store, dossier: string): Promise<Reception | null> {
  return ((await store.kept(`${RECEPTION}.${dossier}`)) ?? null) as Reception | null
}

/** What 今日 showed when the officer last looked: dossier → what he was told of it. */
export async function seenTasks(store: Store): Promise<Readonly<Record<string, string>> | null> {
  return ((await store.kept(SEEN)) ?? null) as Readonly<Record<string, string>> | null
}

export async function noteTasks(
  store: Store,
  tasks: Readonly<Record<string, string>>,
): Promise<void> {
  await store.keep(SEEN, tasks)
}

/** The unit of a visit to an enterprise the register knows. */
export function unitFrom(enterprise: Enterprise): Unit {
  const { name, code, address = '', legal_representative = '', phone = '' } = enterprise
  return { name, code, address, legal_representative, phone }
}

function checkOf(dossier: string, item: Item, order: number): Write<'check'> {
  const { id, title, content, method, basis } = item
  const fields = { item: id, order, title, content, method, basis: [...basis] }
  return { dossier, entity: 'check', fields }
}

/** Equipment ticked before leaving; kept on this phone only. */
export async function keepEquipment(
  store: Store,
  dossier: string,
  names: readonly string[],
): Promise<void> {
  await store.keep(`prepared.${dossier}`, [...names])
}

export async function keptEquipment(store: Store, dossier: string): Promise<readonly string[]> {
  return ((await store.kept(`prepared.${dossier}`)) ?? []) as readonly string[]
}
