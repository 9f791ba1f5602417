/** 没准备好，不去检查 (S4-12a): what must be there before leaving, and where each is put right. */

import type { PackValue } from '@contract/records'

import { listVersion } from '@/features/plans/public'

import type { EnterpriseView, Team } from './enterprise-views'

export type Preparing = 'plan' | 'team' | 'items' | 'engine' | 'equipment'

export interface Prepared {
  readonly name: Preparing
  readonly done: boolean
  readonly title: string
  readonly note: string
}

/** What the phone holds beside the enterprise and the team. */
export interface Carried {
  readonly packs: ReadonlyMap<string, PackValue>
  /** The print engine: without it no paper can be made out there. */
  readonly engine: boolean
  readonly equipment: readonly string[]
  readonly ticked: readonly string[]
}

export function preparation(view: EnterpriseView, team: Team, carried: Carried): readonly Prepared[] {
  const fit = team.lack === ''
  const names = team.officers.map((officer) => officer.name).join('、')
  const missing = carried.equipment.filter((each) => !carried.ticked.includes(each))
  return [
    view.planned
      ? { name: 'plan', done: true, title: '方案已批准', note: view.planned.number }
      : { name: 'plan', done: false, title: '没有批准的方案', note: '现场立项，写明原因' },
    fit
      ? { name: 'team', done: true, title: '两名执法人员证件有效', note: names }
      : { name: 'team', done: false, title: team.lack, note: '' },
    itemsLine(view, carried.packs),
    carried.engine
      ? { name: 'engine', done: true, title: '文书引擎在本机', note: '' }
      : { name: 'engine', done: false, title: '文书引擎还没备齐', note: '有网时自动补齐' },
    equipmentLine(carried.equipment, missing),
  ]
}

function equipmentLine(asked: readonly string[], missing: readonly string[]): Prepared {
  const name = 'equipment'
  if (asked.length === 0) return { name, done: true, title: '方案没有列装备', note: '' }
  return missing.length === 0
    ? { name, done: true, title: '装备已带齐', note: asked.join('、') }
    : { name, done: false, title: '还没点装备', note: missing.join('、') }
}

function itemsLine(view: EnterpriseView, packs: ReadonlyMap<string, PackValue>): Prepared {
  if (view.items.length === 0 && !view.planned) {
    return { name: 'items', done: false, title: '本机没有这个行业的检查表', note: '可以清单外记问题' }
  }
  const version = view.planned?.version || listVersion(packs)
  return { name: 'items', done: true, title: '检查表在本机', note: version && `清单 ${version} 版` }
}
