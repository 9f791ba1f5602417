// Generated from Python by `anxun export-contract`. Do not edit.

export interface Endorsement {
  words: string
  name: string
  day: string
}

export interface Officer {
  name: string
  certificate: string
  strokes: number[][][] | null
}

export interface OrderReference {
  title: string
  number: string
  day: string
}

export interface Party {
  name: string
  post: string
  strokes: number[][][] | null
  refused: Refusal | null
}

export interface Problem {
  number: number
  text: string
  basis: string[]
  cause: string
  measure: string
  due: string
}

export interface RecheckOpinion {
  bureau: string
  number: string | null
  when: number
  wording_date: string
  verify_url: string | null
  draft: boolean
  practice: boolean
  officers: Officer[]
  party: Party
  addressee: string
  order: OrderReference
  results: Result[]
  opinion: string | null
  copies: string | null
}

export interface RectificationOrder {
  bureau: string
  number: string | null
  when: number
  wording_date: string
  verify_url: string | null
  draft: boolean
  practice: boolean
  officers: Officer[]
  party: Party
  addressee: string
  problems: Problem[]
  government: string
  court: string
  copies: string | null
}

export interface Refusal {
  reason: string
  witness: Witness | null
  left: boolean
}

export interface Remaining {
  basis: string[]
  cause: string
  measure: string
  due: string | null
}

export interface Result {
  number: number
  text: string
  outcome: 'done' | 'partly' | 'not_done'
  note: string | null
  remaining: Remaining | null
}

export interface SiteInspectionPlan {
  bureau: string
  number: string | null
  when: number
  wording_date: string
  verify_url: string | null
  draft: boolean
  practice: boolean
  officers: Officer[]
  unit: string
  address: string
  contact: string
  phone: string | null
  sector: string
  time: string
  place: string | null
  content: string[]
  focus: string[]
  method: string[]
  steps: string[]
  items: string[]
  list_version: string
  bodies: string[]
  equipment: string[]
  count: string
  exemption: string | null
  review: Endorsement
  approval: Endorsement
  remark: string | null
}

export interface SiteInspectionRecord {
  bureau: string
  number: string | null
  when: number
  wording_date: string
  verify_url: string | null
  draft: boolean
  practice: boolean
  officers: Officer[]
  party: Party
  unit: Unit
  place: string
  begun: number
  ended: number
  situation: string[]
}

export interface Unit {
  name: string
  address: string
  legal_representative: string
  post: string | null
  phone: string | null
}

export interface Witness {
  name: string
  unit: string
  phone: string
  strokes: number[][][] | null
}
