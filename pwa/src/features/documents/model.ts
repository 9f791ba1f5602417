/** 文书 on the phone, from draft to service (architecture.md 7). Instants are UTC ms. */

/** A drawn signature: strokes of points in a box of 1000 × 400, y downward. */
export type Strokes = readonly (readonly (readonly [number, number])[])[]

/** What a paper says before anybody signs it: the facts of its kind without number and hands. */
export interface Content {
  readonly officers: readonly { readonly name: string; readonly certificate: string }[]
  readonly party: { readonly name: string; readonly post: string }
  readonly [field: string]: unknown
}

export interface Refused {
  readonly reason: string
  readonly witness: {
    readonly name: string
    readonly unit: string
    readonly phone: string
    readonly strokes: Strokes | null
  } | null
  readonly left: boolean
}

/** The hands under a paper: strokes by certificate number, and the unit's, or its refusal. */
export interface Hands {
  readonly officers: ReadonlyMap<string, Strokes>
  readonly party: Strokes | null
  readonly refused: Refused | null
}

/** `number` and `verifyUrl` go together; without them the paper is a draft. */
export interface Issue {
  readonly when: number
  readonly number: string | null
  readonly verifyUrl: string | null
  /** 练习: neither number nor code, and the mark on every sheet. */
  readonly practice?: boolean
}

/** 直接送达, 留置送达, 他人代收, 电子送达 (民事诉讼法; 行政处罚法第六十一条). */
export type ServiceWay = 'direct' | 'leave' | 'other' | 'electronic'

/** What came out of the printer, as the officer answered. */
export type PrintOutcome = 'printed' | 'failed' | 'saved'

export type PaperStep = 'content' | 'sign' | 'issue' | 'deliver'

export type Standing = 'writing' | 'fixed' | 'issued' | 'void'

/** Whether an issued paper stands: 现行, 已更正 (another took its place), 已作废. */
export type Force = 'current' | 'corrected' | 'void'

/** An issued paper among those of its dossier; `about` names the findings it speaks of. */
export interface IssuedPaper {
  readonly id: string
  readonly kind: string
  /** UTC ms. */
  readonly issued: number
  readonly voided: boolean
  readonly about: readonly string[]
}

/** Who a dossier belongs to: the section that holds it, the officers of its visit. */
export interface Belonging {
  readonly section: string
  readonly officers: readonly string[]
}

/** 拒签 as it is written down before it becomes a signature record. */
export interface RefusalForm {
  readonly reason: string
  readonly words: string
  readonly witnessed: boolean
  readonly witness: { readonly name: string; readonly unit: string; readonly phone: string }
  readonly witnessStrokes: Strokes | null
}
