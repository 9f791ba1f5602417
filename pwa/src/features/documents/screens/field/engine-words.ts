/** The print engine in the officer's words. */

import type { EngineProgress, PrintFault } from '@/adapters/print-engine'

type Tick = { readonly label: string; readonly state: 'done' | 'now' | 'todo' }

const STAGES = [
  ['engine', '读取引擎'],
  ['fonts', '字体'],
  ['document', '文书'],
  ['layout', '排版'],
] as const

export function engineTicks({ stage, done }: EngineProgress): readonly Tick[] {
  return STAGES.map(([id, label]) => {
    return { label, state: done.includes(id) ? 'done' : stage === id ? 'now' : 'todo' }
  })
}

export interface FaultWords {
  readonly happened: string
  readonly safe: string
  readonly todo: string
  /** The engine itself is at fault: the paper can be written by hand meanwhile. */
  readonly byHand: boolean
}

const SAFE = '草稿和签名都在本机。'

/** `where`: the field that holds a character nobody can print, where it is known. */
export function faultWords({ code, character = '' }: PrintFault, where = ''): FaultWords {
  const paper = { safe: SAFE, byHand: false }
  switch (code) {
    case 'missing_glyph':
      return { ...paper, happened: glyphWords(character, where), todo: '换一个写法，报信息员。' }
    case 'facts':
      return { ...paper, happened: '内容不合文书的要求。', todo: '回到内容改，还不行把“详情”给信息员。' }
    case 'wording':
      return { ...paper, happened: '没有这一天有效的法定用语。', todo: '查手机日期，还不行报法规科。' }
    case 'overfull':
      return { ...paper, happened: '名称或地址太长，一页排不下。', todo: '改短再试。' }
    default:
      return { happened: '文书引擎没起来。', safe: SAFE, todo: '再试一次，或先手写。', byHand: true }
  }
}

function glyphWords(character: string, where: string): string {
  return where ? `${where}里有印不出的“${character}”字。` : `字库里没有“${character}”字。`
}
