/** The four steps at the door, what is said at each, and which are taken. Instants are UTC ms. */

import type { Officer, PackValue } from '@contract/records'

import type { Option } from '@/ui/options'

import type { Held, View } from './model'
import { live } from './rules/view'
import { timeWords } from './visit-views'

export type StageName = 'recording' | 'certificates' | 'told' | 'reception' | 'lesson'

export interface ArrivalStage {
  readonly name: StageName
  readonly title: string
  /** 「09:57 已亮证」; empty while it is not taken. */
  readonly done: string
}

export interface Integrity {
  readonly forbid: string
  readonly must_not: readonly string[]
}

type Packs = ReadonlyMap<string, PackValue>

/** 现场检查记录, FORM16 form 3: the sentence spoken while the certificates are shown. */
const SPOKEN =
  '我们是{bureau}行政执法人员{officers}，证件号码为{certificates}，这是我们的证件（出示证件）。' +
  '现依法对你单位进行现场检查，请予以配合。'

const STAGES: readonly (readonly [StageName, string, readonly string[], string])[] = [
  ['recording', '① 开始录音', ['recording_started', 'recording_skipped'], '已开始录音'],
  ['certificates', '② 亮证', ['certificates_shown'], '已亮证'],
  ['told', '③ 告知', ['rights_told', 'integrity_statement'], '已告知'],
  ['reception', '④ 接待人', ['reception'], '已记下接待人'],
]

/** Where a coach line of the stage table leads (`go` of sync/contract/stages.json). */
const PLACES: Readonly<Record<string, StageName>> = {
  recorder: 'recording',
  officers: 'certificates',
  certificates_shown: 'certificates',
  rights_told: 'told',
  integrity_statement: 'told',
  reception: 'reception',
  law_lesson: 'lesson',
}

/** A stage is taken when all its steps are; of the recording one of two is enough. */
export function arrivalStages(view: View): readonly ArrivalStage[] {
  return STAGES.map(([name, title, steps, words]) => {
    const taken = steps.flatMap((step) => stepOf(view, step) ?? [])
    const enough = name === 'recording' ? taken.length > 0 : taken.length === steps.length
    const last = taken.at(-1)
    const said = last?.name === 'recording_skipped' ? '没有录音' : words
    return { name, title, done: enough && last ? `${timeWords(last.at ?? 0)} ${said}` : '' }
  })
}

/** The first step not taken, or where the coach sent the officer. */
export function stageAt(view: View, at: string): StageName {
  const asked = PLACES[at]
  if (asked !== undefined) return asked
  return arrivalStages(view).find(({ done }) => done === '')?.name ?? 'recording'
}

export function stepOf(view: View, name: string): Held<'step'> | undefined {
  return live(view, 'step').find((step) => step.name === name)
}

/**
 * Who received is put right by another step, until a paper has its number: it bears the name, and
 * all papers of a visit bear the same.
 */
export function mayCorrectReception(view: View): boolean {
  const fixed = [...live(view, 'number'), ...live(view, 'document')].map(({ draft }) => draft)
  return !live(view, 'draft').some(({ id }) => fixed.includes(id))
}

export function spokenSentence(packs: Packs, officers: readonly Officer[]): string {
  const names = officers.map((officer) => officer.name).join('、')
  const numbers = officers.map((officer) => officer.certificate?.number ?? '').join('、')
  return SPOKEN.replace('{bureau}', setting(packs, 'bureau.name', ''))
    .replace('{officers}', names)
    .replace('{certificates}', numbers)
}

/** 权利告知, of the pack, by paragraphs. */
export function rightsWords(packs: Packs): string {
  return setting(packs, 'rights.told', '')
    .replace('{bureau}', setting(packs, 'bureau.name', ''))
    .replace('{complaint_phone}', setting(packs, 'complaint.phone', ''))
}

/** 五个严禁. */
export function integrityRules(packs: Packs): readonly Integrity[] {
  return setting<readonly Integrity[]>(packs, 'integrity.rules', [])
}

/** Why there was no scan, as the pack lists the reasons. */
export function noScanReasons(packs: Packs): readonly Option[] {
  const reasons = setting<readonly { code: string; title: string }[]>(packs, 'scan.reasons', [])
  return reasons.map(({ code, title }) => ({ value: code, label: title }))
}

/** 普法: the clauses this visit stands on, each once, in the order of the list. */
export function lessonClauses(view: View): readonly string[] {
  return [...new Set(live(view, 'check').flatMap((check) => check.basis ?? []))]
}

function setting<Value>(packs: Packs, id: string, absent: Value): Value {
  const row = packs.get(id)
  return row === undefined ? absent : (JSON.parse(row.json) as Value)
}
