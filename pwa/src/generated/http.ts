// Generated from Python by `anxun export-contract`. Do not edit.

export interface AnswerBody {
  answer: 'yes' | 'no'
  words?: string
}

export interface CodeText {
  text: string
}

export interface Decision {
  device: string
  epoch: number
  n: number
  answer: 'release' | 'discard'
  words: string
}

export interface DelegationBody {
  taker: string
  act: string
  since: string
  until: string
  words?: string
}

export interface DelegationView {
  id: string
  giver: string
  giver_name: string
  taker: string
  taker_name: string
  act: string
  since: string
  until: string
  words: string
  given: number
  state: 'coming' | 'running' | 'over' | 'withdrawn'
  withdrawn_at: number | null
  withdrawn_by: string
}

export interface DueClock {
  id: string
  dossier: string
  rule: string
  title: string
  source: string
  about: string
  section: string
  trigger: string
  started: number
  due_strict: string
  due_rolled: string
  due_strict_ms: number
  due_rolled_ms: number
  provisional: boolean
  at_end: 'overdue' | 'lapsed' | 'open'
  state: 'running' | 'stopped' | 'lapsed'
  stopped?: number | null
  left?: string
  reminded?: number
  acknowledged?: number | null
  escalated_to?: string
}

export interface DueClocks {
  clocks: DueClock[]
  more: boolean
}

export interface Exemption {
  code: string
  reference?: string
  approver?: string
  reason?: string
}

export interface FaultBody {
  words: string
  lines: string[]
}

export interface FaultView {
  id: string
  name: string
  at: number
  words: string
  lines: string[]
}

export interface FeedState {
  on: boolean
  names?: boolean
  made?: number
  url?: string
}

export interface FeedWish {
  names: boolean
}

export interface FoundDossier {
  dossier: string
  unit: string
  state: string
  planned_for: string
  number: string
}

export interface HeldView {
  device: string
  epoch: number
  n: number
  dossier: string
  reason: string
  author: string
  author_name: string
  received: number
  entity: string
  fields: Record<string, unknown>
}

export interface InboxLine {
  id: string
  title: string
  body: string
  url: string
  created: number
  channels: ('inbox' | 'push')[]
  dossier?: string
  clock?: string
  acknowledged?: number | null
  escalated_to?: string[]
}

export interface InspectionRow {
  dossier: string
  bureau: string
  section: string
  enterprise: string
  unit: string
  state: string
  planned_for: string
  started: number | null
  ended: number | null
  officers: string[]
  findings: number
  conflicts: number
  changed: number
}

export interface LawFile {
  name: string
  data: string
  title?: string
  in_force?: string
}

export interface LawReading {
  fault: string
  version: string
  title: string
  in_force: string
  source: string
  articles: number
  notes: string[]
  state: string
}

export interface Me {
  officer: string
  name: string
  bureau: string
  section: string
  section_name: string
  section_kind: string
  roles: string[]
  token?: string
}

export interface PlanDraft {
  enterprise: string
  planned_for: string
  reason: string
  officers: string[]
  items: string[]
  kind?: string
  content?: string
  focus?: string
  method?: string
  steps?: string
  exemption?: Exemption | null
}

export interface PlanView {
  id: string
  state: 'pending_review' | 'pending_approval' | 'approved' | 'refused'
  section: string
  enterprise: string
  enterprise_name: string
  created_by: string
  created: number
  draft: PlanDraft
  dossier: string
  number: string
  may: string[]
}

export interface StaleCitation {
  dossier: string
  unit: string
  finding: string
  problem: string
  citation: string
  issued: boolean
}

export interface StaleItem {
  item: string
  title: string
  citation: string
}

export interface StaleLaw {
  findings: StaleCitation[]
  items: StaleItem[]
}
