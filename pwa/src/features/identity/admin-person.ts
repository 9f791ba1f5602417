/** What stands filled in on a person's sheet, and what of it the server does not have yet. */

import type { CertificateBody, PeopleView, PersonView } from '@/generated/http'

import { postWords } from './admin-views'

export interface PersonDraft {
  readonly login: string
  readonly name: string
  readonly phone: string
  readonly section: string
  readonly roles: readonly string[]
}

/** One certificate about to be suspended or restored. */
export interface SuspensionDraft {
  readonly number: string
  readonly suspended: boolean
  readonly words: string
}

/** Null: not begun. */
export interface SheetDrafts {
  readonly person: PersonDraft
  readonly certificate: CertificateBody | null
  readonly suspension: SuspensionDraft | null
}

const FIELDS = ['login', 'name', 'phone', 'section', 'roles'] as const
const TITLES: Readonly<Record<(typeof FIELDS)[number], string>> = {
  login: '账号',
  name: '姓名',
  phone: '电话',
  section: '科室',
  roles: '岗位',
}

export const NEW_CERTIFICATE: CertificateBody = { number: '', scope: [], issued: '', until: '' }

export function draftOf(person: PersonView | null): PersonDraft {
  const { login = '', name = '', phone = '', section = '', roles = [] } = person ?? {}
  return { login, name, phone, section, roles }
}

/**
 * What was typed over a row that somebody has changed since: fields left alone follow the row as it
 * is now, what was typed stays.
 */
export function rebased(draft: PersonDraft, held: PersonView, now: PersonView): PersonDraft {
  const [before, after] = [draftOf(held), draftOf(now)]
  const untouched = FIELDS.filter((field) => same(draft[field], before[field]))
  return { ...draft, ...Object.fromEntries(untouched.map((field) => [field, after[field]])) }
}

/** What somebody else changed meanwhile, as it stands now: 「电话：13900000001」. */
export function changedMeanwhile(
  held: PersonView,
  now: PersonView,
  view: PeopleView,
): readonly string[] {
  const [before, after] = [draftOf(held), draftOf(now)]
  return FIELDS.filter((field) => !same(before[field], after[field])).map(
    (field) => `${TITLES[field]}：${shown(field, now, view) || '空'}`,
  )
}

function shown(field: (typeof FIELDS)[number], now: PersonView, view: PeopleView): string {
  if (field === 'roles') return postWords(now.roles, view.posts)
  return field === 'section' ? now.section_name : now[field]
}

/** The names of what would be lost if the sheet closed now. */
export function unsaved(drafts: SheetDrafts, held: PersonView | null): readonly string[] {
  return [...personUnsaved(drafts.person, held), ...certificatesUnsaved(drafts)]
}

export function personUnsaved(draft: PersonDraft, held: PersonView | null): readonly string[] {
  const before = draftOf(held)
  return FIELDS.filter((field) => !same(draft[field], before[field])).map((field) => TITLES[field])
}

function certificatesUnsaved({ certificate, suspension }: SheetDrafts): readonly string[] {
  return [
    ...(certificate !== null && !isBlank(certificate) ? ['执法证'] : []),
    ...(suspension !== null ? [suspension.suspended ? '暂停执法证' : '恢复执法证'] : []),
  ]
}

/** A form that was opened and not written in holds nothing. */
export function isBlank({ number, scope, issued, until }: CertificateBody): boolean {
  return number.trim() === '' && scope.length === 0 && issued === '' && until === ''
}

function same(a: string | readonly string[], b: string | readonly string[]): boolean {
  return [a].flat().sort().join('\n') === [b].flat().sort().join('\n')
}
