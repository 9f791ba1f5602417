/** 练习一次检查: an invented enterprise, a colleague who does not exist, a short list of real items. */

import type { Certificate, Enterprise, Item, Officer } from '@contract/records'

import type { Lent } from '@/store/practice'
import type { Person, Store } from '@/store/types'

/** The register id of the invented enterprise. */
export const PRACTICE_ENTERPRISE = 'practice'

const ITEMS = 2
const CODE = '000000000000000000'
const EVERY_SECTOR = '综合'
const YEAR = 4

/** What the practice store shows in place of the bureau's own registers. `today`: Asia/Shanghai. */
export function practiceRegisters(store: Store, person: Person, today: string): Lent {
  const items = itemsFor(store)
  return {
    enterprise: [enterpriseOf(person, items[0]?.sector ?? '')],
    enterprise_summary: [],
    item: items,
    officer: officersFor(person, today),
  }
}

/** The first items of a list that this phone carries. */
function itemsFor(store: Store): readonly Item[] {
  const rows = [...store.register('items', 'item').rows.values()]
  const all = rows.sort((one, two) => (one.id < two.id ? -1 : 1))
  return all.filter(({ sector }) => sector === all[0]?.sector).slice(0, ITEMS)
}

function enterpriseOf({ section }: Person, sector: string): Enterprise {
  return {
    id: PRACTICE_ENTERPRISE,
    code: CODE,
    name: '练习工厂（虚构）',
    section,
    sector,
    address: '练习路 1 号（虚构）',
    legal_representative: '练习人',
    phone: '000',
  }
}

/** Certificates are invented too: no real number stands on a practice paper. */
function officersFor(person: Person, today: string): readonly Officer[] {
  const { officer: id, name, section, sectionName: section_name } = person
  const post = { section, section_name, roles: ['R1'], active: true }
  const certificate = (number: string): Certificate => {
    const until = `${Number(today.slice(0, YEAR)) + 1}${today.slice(YEAR)}`
    return { number, scope: [EVERY_SECTOR], issued: today, until }
  }
  return [
    { id, name, ...post, certificate: certificate('练习-0001') },
    { id: 'practice-colleague', name: '练习同事', ...post, certificate: certificate('练习-0002') },
  ]
}
