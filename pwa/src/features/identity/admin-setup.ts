/** What still lacks on the page of the first set-up, and what it warns of. */

import type { SectionBody } from '@/generated/http'

/** 监管业务科室: without a sector it supervises nobody. */
const SUPERVISION = 'supervision'
const ADMINISTRATION = 'administration'

export interface SetupDraft {
  readonly pack: string
  readonly sections: readonly SectionBody[]
  readonly administrator: string
  readonly login: string
  readonly password: string
}

/** The first thing that lacks, as the button says it; undefined: nothing. */
export function setupLack(draft: SetupDraft): string | undefined {
  if (draft.pack === '') return '先选用哪个地区的规则'
  const lacking = draft.sections.map(sectionLack).find((each) => each !== undefined)
  if (lacking !== undefined) return lacking
  if (draft.administrator.trim() === '') return '还没填管理员姓名'
  if (draft.login.trim() === '') return '还没填管理员账号'
  return draft.password === '' ? '还没设密码' : undefined
}

function sectionLack({ name, kind, sectors = [] }: SectionBody, at: number): string | undefined {
  if (name.trim() === '') return `科室 ${at + 1} 还没有名称`
  return kind === SUPERVISION && sectors.length === 0 ? `${name}还没选监管的行业` : undefined
}

/** Allowed, but said: such a bureau cannot plan or check anything yet. */
export function setupWarning(sections: readonly SectionBody[]): string {
  return sections.every(({ kind }) => kind === ADMINISTRATION)
    ? '只有管理用的科室，还不能做方案、去检查。建立以后在“人员”里加监管业务科室。'
    : ''
}
