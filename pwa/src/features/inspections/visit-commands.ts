/** What officers write between arrival and leaving. Instants are UTC ms, days Asia/Shanghai. */

import type { Participant, RectifyBy } from '@contract/records'

import type { Edits, Store, UnionEdit } from '@/store/types'

import type { Held } from './model'

export type Result = 'conforms' | 'problem' | 'not_applicable'
export type Disposition = 'corrected' | 'order' | 'measure' | 'transfer'

/** The clock rule of 整改期限, named by the finding's `rectify_by`. */
export const RECTIFY_RULE = 'D09'

/**
 * An answer; null takes it back. A reason belongs to 不涉及 only. `findings`: those that are given up
 * with it, or taken up again, for an answer and its finding never contradict each other.
 */
export async function answer(
  store: Store,
  dossier: string,
  check: Held<'check'>,
  result: Result | null,
  findings: readonly string[] = [],
): Promise<void> {
  const reason = check.reason && result !== 'not_applicable' ? { reason: '' } : {}
  const fields: Edits<'check'> = { result: result ?? '', ...reason }
  const withdrawn = result === 'problem' ? null : { reason: '检查事项改了结果，不再算问题' }
  await store.append([
    { dossier, entity: 'check', id: check.id, fields },
    ...findings.map((id) => ({ dossier, entity: 'finding', id, fields: { withdrawn } }) as const),
  ])
}

/** 撤销 of an answer, back to what it was before. */
export async function takeBack(
  store: Store,
  dossier: string,
  check: Held<'check'>,
  was: Result | 'open',
  findings: readonly string[],
): Promise<void> {
  await answer(store, dossier, check, was === 'open' ? null : was, findings)
}

export async function editCheck(
  store: Store,
  dossier: string,
  id: string,
  fields: Edits<'check'>,
): Promise<void> {
  await store.append([{ dossier, entity: 'check', id, fields }])
}

/** A finding of one item of the list: its item, and the clauses the item cites to choose from. */
export async function findFor(
  store: Store,
  dossier: string,
  check: Held<'check'>,
  place: string,
): Promise<string> {
  const evidence = check.evidence?.length ? { evidence: [...check.evidence] } : {}
  const problem = check.note ?? ''
  return addFinding(store, dossier, { check: check.id, place, problem, ...evidence })
}

/** 清单外发现: a finding without an item. */
export async function addFinding(
  store: Store,
  dossier: string,
  fields: Edits<'finding'> = {},
): Promise<string> {
  const [id = ''] = await store.append([
    { dossier, entity: 'finding', fields: { grade: 'ordinary', ...fields } },
  ])
  return id
}

export async function editFinding(
  store: Store,
  dossier: string,
  id: string,
  fields: Edits<'finding'>,
): Promise<void> {
  await store.append([{ dossier, entity: 'finding', id, fields }])
}

/** The elements of a union as they shall be: only what differs is written. */
export async function setList(
  store: Store,
  dossier: string,
  finding: Held<'finding'>,
  field: 'basis' | 'dispositions',
  wanted: readonly string[],
): Promise<void> {
  const edit = changeOf(finding[field] ?? [], wanted)
  if (edit) await editFinding(store, dossier, finding.id, { [field]: edit })
}

/** 整改期限 as a group, so that day and rule are never of two people. */
export async function setDue(
  store: Store,
  dossier: string,
  id: string,
  due: string,
): Promise<void> {
  const rectifyBy: RectifyBy = { due, rule: RECTIFY_RULE }
  await editFinding(store, dossier, id, { rectify_by: rectifyBy })
}

/** Nothing is deleted: the finding stays in the file with the reason. */
export async function withdrawFinding(
  store: Store,
  dossier: string,
  id: string,
  reason: string,
): Promise<void> {
  await editFinding(store, dossier, id, { withdrawn: { reason } })
}

/** 撤销 of 弃用: both stand in the file, the later counts. */
export async function restoreFinding(store: Store, dossier: string, id: string): Promise<void> {
  await editFinding(store, dossier, id, { withdrawn: null })
}

export interface Said {
  readonly agreed: boolean
  readonly participants: readonly Participant[]
  readonly at: number
}

/**
 * 交换意见 on one finding, with the words that were read out. A later answer stands beside the
 * earlier; `wordless`: objections nobody said anything for, which an answer takes back. Resolves
 * with its id.
 */
export async function discuss(
  store: Store,
  dossier: string,
  { id: finding, problem = '', measure = '' }: Held<'finding'>,
  { agreed, participants, at }: Said,
  wordless: readonly string[] = [],
): Promise<string> {
  const read = { problem, measure }
  const fields = { finding, agreed, read, participants: [...participants], at }
  const withdrawn = { reason: '没有记下异议的话，改了回答' }
  const [id = ''] = await store.append([
    { dossier, entity: 'exchange', fields },
    ...wordless.map((each) => ({ dossier, entity: 'exchange', id: each, fields: { withdrawn } }) as const),
  ])
  return id
}

/** 对方怎么说: their words, as they speak. */
export async function editObjection(
  store: Store,
  dossier: string,
  id: string,
  words: string,
): Promise<void> {
  await store.append([{ dossier, entity: 'exchange', id, fields: { words } }])
}

export async function editInspection(
  store: Store,
  dossier: string,
  id: string,
  fields: Edits<'inspection'>,
): Promise<void> {
  await store.append([{ dossier, entity: 'inspection', id, fields }])
}

/** 结束检查; with duties left open the reason stands in the file as a step. */
export async function end(
  store: Store,
  dossier: string,
  inspection: string,
  at: number,
  reason: string,
): Promise<void> {
  const words = reason
  const why = { dossier, entity: 'step', fields: { name: 'ended_early', at, words } } as const
  const ended = { dossier, entity: 'inspection', id: inspection, fields: { ended: at } } as const
  await store.append(reason === '' ? [ended] : [why, ended])
}

function changeOf(shown: readonly string[], wanted: readonly string[]): UnionEdit | null {
  const add = wanted.filter((one) => !shown.includes(one))
  const remove = shown.filter((one) => !wanted.includes(one))
  if (add.length === 0 && remove.length === 0) return null
  return { ...(add.length > 0 && { add }), ...(remove.length > 0 && { remove }) }
}
