/** What makes a paper's exact text, and what it lacks. Pure; the text is the printing package's. */

import type {
  Belonging,
  Content,
  Force,
  Hands,
  Issue,
  IssuedPaper,
  PaperStep,
  RefusalForm,
  Strokes,
} from './model'

export const WARN_LEFT = 15

/** Control characters but the line feed; a paper has no glyph for them. */
const CONTROLS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g
const FIELD_WORDS: Readonly<Record<string, string>> = {
  bureau: '执法机关的名称',
  addressee: '被检查单位的名称',
  government: '复议机关',
  court: '受理诉讼的法院',
  place: '检查场所',
  situation: '检查情况',
  officers: '两名持证执法人员',
  'officers.name': '执法人员的姓名',
  problems: '要整改的问题',
  results: '复查结果',
  'party.name': '被检查单位在场的人',
  'party.post': '被检查单位在场的人的职务',
  'unit.name': '被检查单位的名称',
  'unit.address': '被检查单位的地址',
  'unit.legal_representative': '被检查单位的法定代表人',
  'refused.reason': '拒签的原因',
  'refused.witness.name': '见证人的姓名',
  'refused.witness.unit': '见证人的单位',
  'refused.witness.phone': '见证人的电话',
  'unit.post': '法定代表人的职务',
  'unit.phone': '被检查单位的联系电话',
}
const FEWEST_OFFICERS = 2
/** Posts that write in their own dossiers and sign; experts and assistants never void a paper. */
const VOIDING: readonly string[] = ['R1', 'R2', 'R3', 'R4']
const SECTION_HEAD = 'R2'

/**
 * Canonical JSON as `printing.facts.dump` writes it: names in ASCII order, no blanks, characters
 * as they are. Both sides hash this text, so it must agree to the byte.
 */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) => {
    if (typeof member !== 'object' || member === null || Array.isArray(member)) return member
    return Object.fromEntries(Object.entries(member).sort(([one], [two]) => (one < two ? -1 : 1)))
  })
}

/** The field that holds the longest text. */
export function longestField(content: Content): Field {
  const fields = leaves(content, '').map(([path, value]) => ({ path, size: `${value}`.length }))
  return fieldAt(fields.reduce((one, other) => (other.size > one.size ? other : one)).path)
}

/** The content's JSON text: what everybody signs, by its SHA-256. */
export function contentText(content: Content): string {
  return canonical(printable(content))
}

/** The exact text for the renderer: content, hands, number. */
export function factsText(content: Content, hands: Hands, issue: Issue): string {
  const { officers, party, ...said } = printable(content) as Content
  const practice = issue.practice ?? false
  return canonical({
    ...said,
    officers: officers.map(({ name, certificate }) => {
      return { name, certificate, strokes: drawn(hands.officers.get(certificate) ?? null) }
    }),
    party: {
      name: party.name,
      post: party.post,
      strokes: hands.refused ? null : drawn(hands.party),
      refused: printable(hands.refused),
    },
    when: issue.when,
    number: issue.number,
    verify_url: issue.verifyUrl,
    draft: issue.number === null && !practice,
    practice,
  })
}

/** A field of a paper: its dotted path, items of lists by their place, and 「被检查单位的地址」. */
export interface Field {
  readonly path: string
  readonly words: string
}

/** What a paper cannot be printed without; fields of the same words once. */
export function blanks(content: Content): readonly Field[] {
  const few = content.officers.length < FEWEST_OFFICERS ? ['officers'] : []
  const empty = leaves(printable(content), '').filter(([, value]) => value === '')
  const fields = [...few, ...empty.map(([path]) => path)].map(fieldAt)
  return [...new Map(fields.map((each) => [each.words, each])).values()]
}

/** The first field of a paper that holds the character; `said`: its content, or what of its hands. */
export function fieldWith(said: object, character: string): Field | null {
  const found = leaves(said, '').find(([, value]) => String(value).includes(character))
  return found ? fieldAt(found[0]) : null
}

/** Where a paper stands among 内容, 签名, 签发, 打印送达. */
export function stepOf(fixed: boolean, unsigned: number, issued: boolean): PaperStep {
  if (issued) return 'deliver'
  if (!fixed) return 'content'
  return unsigned > 0 ? 'sign' : 'issue'
}

/**
 * Who voids a paper and writes it anew (domain.md 6.2): the officers of the visit, and the head of
 * the section that holds it. Whether a write is taken the server asks again, of its own grants.
 */
export function mayVoid(
  person: { readonly officer: string; readonly section: string; readonly roles: readonly string[] },
  { section, officers }: Belonging,
): boolean {
  const own = officers.includes(person.officer) && person.roles.some((role) => VOIDING.includes(role))
  return own || (person.roles.includes(SECTION_HEAD) && person.section === section)
}

/**
 * The paper that took a void one's place: of its kind, in force, later, about every finding the
 * void one was about; of several the last. `/v/{code}` answers by the same rule.
 */
export function newerOf(
  { voided, kind, issued, about }: IssuedPaper,
  all: readonly IssuedPaper[],
): IssuedPaper | undefined {
  if (!voided) return undefined
  return all
    .filter((each) => each.kind === kind && !each.voided && each.issued > issued)
    .filter((each) => about.every((finding) => each.about.includes(finding)))
    .sort((one, two) => one.issued - two.issued)
    .at(-1)
}

export function forceOf(paper: IssuedPaper, all: readonly IssuedPaper[]): Force {
  if (!paper.voided) return 'current'
  return newerOf(paper, all) ? 'corrected' : 'void'
}

/** What a refusal still wants before it counts (安全生产法第六十八条); null: nothing. */
export function refusalLack(form: RefusalForm, leftPhotos: number): string | null {
  if (reasonOf(form) === '') return '写明拒签的原因'
  if (!form.witnessed) return leftPhotos > 0 ? null : '没有见证人，要有一张留置照片'
  const { name, unit, phone } = form.witness
  const named = [name, unit, phone].every((each) => each.trim() !== '')
  if (!named) return '写明见证人的姓名、单位和电话，没有就选“现场没有见证人”'
  return form.witnessStrokes === null ? '见证人还没签名，没有就选“现场没有见证人”' : null
}

export function reasonOf({ reason, words }: RefusalForm): string {
  return reason === '其他' ? words.trim() : [reason, words.trim()].filter(Boolean).join('，')
}

/** The sentence as the paper will print it; what is not written yet is 「……」. */
export function refusalSentence(
  role: string,
  name: string,
  form: RefusalForm,
  left: boolean,
): string {
  const [witness, unit, phone, reason] = [
    form.witness.name,
    form.witness.unit,
    form.witness.phone,
    reasonOf(form).replace(/[。！？；]+$/, ''),
  ].map((each) => each.trim() || '……')
  const by = form.witnessed
    ? `见证人：${witness}（${unit}，电话${phone}）。`
    : '现场没有见证人，送达过程已拍照或者录像。'
  const kept = left ? '文书已留置在现场。' : ''
  return `${role}${name}拒绝签字，理由：${reason}。${by}${kept}`
}

/** Numbers from `next` to `last`, both included. */
export interface NumberStretch {
  readonly kind: string
  readonly year: number
  readonly next: number
  readonly last: number
}

/** How many numbers of a kind this phone still holds for the year. */
export function numbersLeft(
  leases: readonly NumberStretch[],
  kind: string,
  year: number,
): number {
  return leases
    .filter((lease) => lease.kind === kind && lease.year === year)
    .reduce((sum, lease) => sum + Math.max(0, lease.last - lease.next + 1), 0)
}

/** Pages of a PDF of ours: its page tree says the count in clear. */
export function pagesOf(pdf: Uint8Array): number {
  const counts = [...latin(pdf).matchAll(/\/Count (\d+)/g)].map(([, count]) => Number(count))
  return Math.max(1, ...counts)
}

/** The printing package's version, as every paper of it carries it. */
export function rendererOf(pdf: Uint8Array): string {
  return /Anxun printing ([\w.]+)/.exec(latin(pdf))?.[1] ?? ''
}

function drawn(strokes: Strokes | null): Strokes | null {
  return strokes && strokes.length > 0 ? strokes : null
}

/** Texts without the characters no paper can show, and without blanks at their ends. */
function printable(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed().replace(CONTROLS, ' ').trim()
  if (Array.isArray(value)) return value.map(printable)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, printable(each)]))
}

/** Every value with its path; an empty list is an empty text. */
function leaves(value: unknown, path: string): readonly (readonly [path: string, value: unknown])[] {
  if (Array.isArray(value) && value.length === 0) return [[path, '']]
  if (typeof value !== 'object' || value === null) return [[path, value]]
  return Object.entries(value).flatMap(([name, each]) =>
    leaves(each, [path, name].filter(Boolean).join('.')),
  )
}

function fieldAt(path: string): Field {
  const names = path.split('.').filter((name) => !/^\d+$/.test(name))
  const words = FIELD_WORDS[names.join('.')] ?? FIELD_WORDS[names[0] ?? ''] ?? path
  return { path, words }
}

function latin(bytes: Uint8Array): string {
  return new TextDecoder('latin1').decode(bytes)
}
