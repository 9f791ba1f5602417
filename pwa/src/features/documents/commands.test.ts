/** A paper's life over a real store without network: draft, number, hands, issue, void. */

import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'

import type { Store } from '@/store/types'
import { newProfile, openStore, PIN, serverPair } from '@/store/tests/phone'
import { simulate, type Simulation } from '@/store/tests/simulated'

import {
  codeOf,
  type DraftAt,
  fix,
  hashOf,
  issue,
  issuedOf,
  notePrint,
  openDraft,
  refuse,
  reopen,
  serve,
  sign,
  voidDocument,
} from './commands'
import { paperItems, paperView, voidersOf } from './desk-papers'
import type { Content, Strokes } from './model'
import { draftContent, type Lacking, type PaperTable } from './papers'
import { contentText, factsText } from './rules'
import { handsOf, numberOf, paperRows, signaturesOf, signersOf } from './views'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const KIND = 'rectification_order'
const NOW = 1_780_000_000_000
const INK: Strokes = [[[0, 0], [900, 300]]]
const CONTENT: Content = {
  officers: [
    { name: '李㛃', certificate: '31020117' },
    { name: '努尔兰·哈森', certificate: '31020142' },
  ],
  party: { name: '周启明', post: '总经理' },
}
const OFFICERS = new Map(
  CONTENT.officers.map(({ name, certificate }, at) => {
    const held = { number: certificate, scope: [], issued: '2020-01-01', until: '2030-01-01' }
    const id = `of_${at + 1}`
    const officer = { id, name, section: 's', section_name: '科', roles: [], certificate: held }
    return [id, officer]
  }),
)
const TEXT = contentText(CONTENT)
const PDF = {
  pdf: new TextEncoder().encode('%PDF /Creator (Anxun printing 1)'),
  sha256: 'b'.repeat(64),
}
const PAPERS: PaperTable = {
  [KIND]: {
    title: '责令限期整改指令书',
    party: '被检查单位负责人',
    wanted: () => true,
    content: () => ({ content: CONTENT, about: [], written: () => '/' }),
    issuable: () => [],
  },
}

let server: Simulation
let store: Store
let dossier: string
let year: number

beforeAll(() => {
  server = simulate()
})
afterAll(() => server.end())

beforeEach(async () => {
  await server.ask('reset', { seed: 3 })
  dossier = (await server.ask('open', { officers: ['of_1'] })).dossier as string
  const { public: key } = await serverPair()
  const reach = server.reach({ hpke_public: key, sign_public: key })
  store = await openStore(newProfile(NOW), reach)
  await store.login('of_1', 'a password')
  await store.enrol(PIN, 'phone')
  await store.sync()
  reach.net = 'down'
  year = store.leases().find(({ kind }) => kind === KIND)?.year ?? 0
})

async function fixed(): Promise<{ at: DraftAt; number: string }> {
  const at = { dossier, kind: KIND, draft: await openDraft(store, dossier, KIND) }
  const number = await fix(store, at, TEXT, ['f1'], year)
  if (number === null) throw new Error('no number was left')
  return { at, number }
}

async function signed(at: DraftAt): Promise<void> {
  for (const officer of ['of_1', 'of_2']) {
    const name = OFFICERS.get(officer)?.name ?? ''
    await sign(store, at, TEXT, { role: 'officer', officer, name, post: '', strokes: INK }, NOW)
  }
}

async function issued(when = NOW): Promise<{ at: DraftAt; document: string; number: string }> {
  const { at, number } = await fixed()
  await signed(at)
  const evidence = { keepPdf: () => Promise.resolve('pdf-1') }
  const code = await codeOf(store, at.draft, () => 'c'.repeat(32))
  const issuing = { ...at, number, facts: '{"a":1}', paper: PDF, code, at: when }
  return { at, number, document: await issue(store, evidence, issuing) }
}

async function signers(at: DraftAt) {
  const given = signaturesOf(store, dossier, at.draft, await hashOf(TEXT))
  return { rows: signersOf(CONTENT, '被检查单位负责人', OFFICERS, given), given }
}

test('a draft that is open is gone on with; two are never begun', async () => {
  const one = await openDraft(store, dossier, KIND)
  expect(await openDraft(store, dossier, KIND)).toBe(one)
  const rows = paperRows(store, dossier, PAPERS, NOW)
  expect(rows).toMatchObject([{ draft: one, standing: 'writing' }])
})

test('the longest paper that is fixed can still be issued with every hand drawn at length', async () => {
  const long = (measure: string): Content => ({ ...CONTENT, problems: [{ text: '一', measure }] })
  const fits = (letters: number): boolean => {
    const builder = { ...(PAPERS[KIND] as PaperTable[string]) }
    const content = () => ({ content: long('改'.repeat(letters)), about: [], written: String })
    const lacking = draftContent({ ...builder, content }, dossier, store, NOW) as readonly Lacking[]
    const [told] = lacking.filter(({ verb }) => verb === '去改')
    if (told) expect(told.says).toBe('内容太长，一份文书装不下，先缩短要整改的问题')
    if (told) expect(told.to).toBe('problems.0.measure')
    return told === undefined
  }
  let [fitting, over] = [0, 100_000]
  while (over - fitting > 1) {
    const middle = Math.floor((fitting + over) / 2)
    if (fits(middle)) fitting = middle
    else over = middle
  }
  const text = contentText(long('改'.repeat(fitting)))
  const at = { dossier, kind: KIND, draft: await openDraft(store, dossier, KIND) }
  const number = (await fix(store, at, text, ['f1'], year)) ?? ''
  const drawn: Strokes = [Array.from({ length: 1_000 }, (_, n) => [n, n % 400] as const)]
  const officers = new Map(CONTENT.officers.map(({ certificate }) => [certificate, drawn]))
  const witness = { name: '王芳', unit: '中山路街道', phone: '13900000000', strokes: drawn }
  const refused = { reason: '对问题有异议', witness, left: true }
  const issuing = { when: NOW, number: '1号', verifyUrl: 'https://anxun.example/v/1' }
  const facts = factsText(JSON.parse(text) as Content, { officers, party: null, refused }, issuing)
  const evidence = { keepPdf: () => Promise.resolve('pdf-1') }
  const document = await issue(store, evidence, { ...at, number, facts, paper: PDF, code: 'c', at: NOW })
  expect(store.record(dossier, 'document', document)?.values.number).toBe(number)
})

test('a draft that is begun says what it lacks, until it has its number', async () => {
  const draft = await openDraft(store, dossier, KIND)
  const form = PAPERS[KIND]
  if (form === undefined) throw new Error('no such form')
  const noteOf = (builder: PaperTable[string]) => {
    return paperRows(store, dossier, { [KIND]: builder }, NOW).map(({ note }) => note)
  }
  const lacking = { says: '', verb: '', to: '/', conflict: false }
  expect(noteOf({ ...form, content: () => [lacking] })).toEqual(['草稿，未取文号 · 内容还差 1 件'])
  const blank = { ...CONTENT, party: { name: '周启明', post: '' } }
  const content = () => ({ content: blank, about: [], written: () => '/' })
  // The post, and the bureau, which this phone's registers do not name.
  expect(noteOf({ ...form, content })).toEqual(['草稿，未取文号 · 内容还差 2 件'])
  await fix(store, { dossier, draft, kind: KIND }, TEXT, [], year)
  expect(noteOf({ ...form, content })).toEqual(['已取文号，待签名签发'])
})

test('定稿 fixes the content and takes the next number', async () => {
  const { at, number } = await fixed()
  const draft = store.record(dossier, 'draft', at.draft)?.values
  expect(draft).toMatchObject({ content: TEXT, about: ['f1'] })
  expect(numberOf(store, dossier, at.draft)?.id).toBe(number)
})

test('with the lease used up the content is kept and no number given', async () => {
  const draft = await openDraft(store, dossier, KIND)
  expect(await fix(store, { dossier, draft, kind: KIND }, TEXT, [], year + 1)).toBeNull()
  expect(store.record(dossier, 'draft', draft)?.values.content).toBe(TEXT)
  expect(numberOf(store, dossier, draft)).toBeUndefined()
})

test('hands stand by certificate under exactly the words they were given for', async () => {
  const { at } = await fixed()
  await signed(at)
  const { rows, given } = await signers(at)
  expect(rows.map(({ done }) => done)).toEqual([true, true, false])
  expect(rows.map(({ key }) => key)).toEqual(['1', '2', 'party']) // an address has no certificate
  expect([...handsOf(CONTENT, OFFICERS, given).officers.keys()]).toEqual(['31020117', '31020142'])
  expect(signaturesOf(store, dossier, at.draft, await hashOf(`${TEXT} `))).toEqual([])
})

test('a refusal counts as the unit’s answer, with the witness’s own hand', async () => {
  const { at } = await fixed()
  const witness = { name: '王芳', unit: '街道', phone: '139' }
  const given = { name: '周启明', post: '总经理', reason: '等领导', leftEvidence: '' }
  await refuse(store, at, TEXT, { ...given, witness, witnessStrokes: INK }, NOW)
  const { rows, given: all } = await signers(at)
  expect(rows.at(-1)).toMatchObject({ key: 'party', refused: true, done: true })
  expect(handsOf(CONTENT, OFFICERS, all)).toMatchObject({
    party: null,
    refused: { reason: '等领导', witness: { ...witness, strokes: INK }, left: false },
  })
})

test('reopening gives the number up, and no signature follows to the new draft', async () => {
  const { at, number } = await fixed()
  await signed(at)
  const draft = await reopen(store, at, number, NOW)
  expect(store.record(dossier, 'number', number)?.values.void).toMatchObject({ at: NOW })
  expect(await openDraft(store, dossier, KIND)).toBe(draft)
  expect((await signers({ ...at, draft })).given).toEqual([])
})

test('an issued paper names its text’s hash, its PDF, the renderer; it is issued once', async () => {
  const { at, number, document } = await issued()
  expect(store.record(dossier, 'document', document)?.values).toMatchObject({
    draft: at.draft,
    number,
    facts_sha256: await hashOf('{"a":1}'),
    renderer: '1',
    pdf: 'pdf-1',
    pdf_sha256: PDF.sha256,
    code: 'c'.repeat(32),
    issued: NOW,
  })
  const again = { ...at, number, facts: '{}', paper: PDF, code: '', at: NOW }
  const evidence = { keepPdf: () => Promise.resolve('pdf-2') }
  await expect(issue(store, evidence, again)).rejects.toThrow('issued already')
})

test('where the PDF cannot be kept nothing is issued', async () => {
  const { at, number } = await fixed()
  const full = { keepPdf: () => Promise.reject(new Error('full')) }
  const issuing = { ...at, number, facts: '{}', paper: PDF, code: '', at: NOW }
  await expect(issue(store, full, issuing)).rejects.toThrow('full')
  expect(issuedOf(store, dossier, at.draft)).toBeUndefined()
})

test('a code once shown on a paper stays that paper’s', async () => {
  expect(await codeOf(store, 'd1', () => 'one')).toBe('one')
  expect(await codeOf(store, 'd1', () => 'two')).toBe('one')
})

test('void takes paper and number out, stays in the list, and another may be written', async () => {
  const { at, number, document } = await issued()
  const shown = store.record(dossier, 'document', document)
  if (shown === null) throw new Error('no document')
  await voidDocument(store, dossier, shown, '日期写错', NOW)
  expect(store.record(dossier, 'number', number)?.values.void?.reason).toBe('日期写错')
  const rows = paperRows(store, dossier, PAPERS, NOW)
  expect(rows.map(({ standing }) => standing)).toEqual(['void', null])
  expect(await openDraft(store, dossier, KIND)).not.toBe(at.draft)
})

test('the desk tells a void paper, the draft that is to replace it, and the one that did', async () => {
  const { document: lost } = await issued()
  const told = () => paperView(store, dossier, lost, NOW)
  expect(told()).toMatchObject({ force: 'current', lost: '', newer: null, going: '' })
  expect(told()?.signatures).toHaveLength(2)
  const shown = store.record(dossier, 'document', lost)
  if (shown === null) throw new Error('no document')
  await voidDocument(store, dossier, shown, '日期写错', NOW)
  expect(told()).toMatchObject({ force: 'void', lost: expect.stringContaining('作废：日期写错') })
  const draft = await openDraft(store, dossier, KIND)
  expect(told()?.going).toBe(draft)
  const { document: next } = await issued(NOW + 1)
  expect(told()).toMatchObject({ force: 'corrected', newer: { id: next }, going: '' })
  const items = paperItems(store, dossier)
  expect(items.map(({ id, force }) => [id, force])).toEqual([
    [lost, 'corrected'],
    [next, 'current'],
  ])
  expect(paperView(store, dossier, 'none', NOW)).toBeNull()
})

test('who may not void a paper is told who may', async () => {
  await store.append([{ dossier, entity: 'inspection', fields: { officers: { add: ['of_1'] } } }])
  const as = (officer: string, roles: readonly string[]): Store => {
    const person = { ...store.person(), officer, section: 'other', roles }
    return Object.assign(Object.create(store) as Store, { person: () => person })
  }
  const words = '作废和更正由承办人或者承办科室负责人办。'
  expect(voidersOf(as('of_1', ['R1']), dossier)).toEqual({ may: true, words })
  expect(voidersOf(as('of_9', ['R5']), dossier)).toEqual({ may: false, words })
})

test('print and service are written as they were answered', async () => {
  const { document } = await issued()
  await notePrint(store, dossier, { document, copies: 0, outcome: 'failed', at: NOW })
  await serve(store, dossier, { document, way: 'direct', recipient: '周启明', words: '', at: NOW })
  expect(store.records(dossier, 'print').map(({ values }) => values.outcome)).toEqual(['failed'])
  expect(store.records(dossier, 'service').map(({ values }) => values.way)).toEqual(['direct'])
})
