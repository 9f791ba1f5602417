// Generated from Python by `anxun export-contract`. Do not edit.

export interface Advice {
  kind: 'floor' | 'self_check' | 'owner' | 'merge'
  words: string
  source: string
  plans?: string[]
}

export interface AnswerBody {
  answer: 'yes' | 'no'
  words?: string
}

export interface AnswerView {
  act: string
  answer: string
  name: string
  words: string
  at: number
}

export interface CancelBody {
  words: string
}

export interface CapVerdict {
  cap: number | null
  counted: number
  left: number | null
  over: boolean
  words: string
  missing?: ('reference' | 'approver' | 'reason')[]
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

export interface Item {
  id: string
  list_version: string
  sector: string
  group: string
  title: string
  content: string
  method: string
  basis: string[]
  liability?: string[]
  problems?: string[]
  causes?: string[]
  measures?: string[]
}

export interface ItemList {
  version: string
  title: string
  in_force: string
  published: string
  filed: string
  items: Item[]
}

export interface ItemListView {
  list: ItemList
  change: ListChange
}

export interface JointBody {
  name: string
  task?: string
}

export interface Ledger {
  year: number
  most: number | null
  approved: number
  may_request: boolean
  checks: SpecialView[]
}

export interface ListChange {
  added: string[]
  dropped: string[]
  changed: string[]
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

export interface OffSite {
  answer: 'yes' | 'no'
  reason: string
}

export interface PlanAdvice {
  verdict: CapVerdict
  count: VisitCount
  reserved: number
  floor_left: number
  advice: Advice[]
  off_site_first: boolean
  required: string[]
  last: PlanDraft | null
}

export interface PlanDraft {
  enterprise: string
  planned_for: string
  reason: string
  officers: string[]
  items: string[]
  kind?: 'enforcement' | 'random' | 'special' | 'off_site'
  content?: string
  focus?: string
  method?: string
  steps?: string
  starts?: string
  place?: string
  equipment?: string[]
  joint?: JointBody[]
  off_site?: OffSite | null
  exemption?: Exemption | null
  special?: string
  remark?: string
  replaces?: string
}

export interface PlanView {
  id: string
  state: 'pending_review' | 'pending_approval' | 'approved' | 'refused' | 'cancelled'
  section: string
  enterprise: string
  enterprise_name: string
  created_by: string
  created: number
  draft: PlanDraft
  dossier: string
  number: string
  may: string[]
  answers?: AnswerView[]
  replaced_by?: string
}

export interface SpecialDraft {
  kind: 'special' | 'key_period'
  title: string
  need: string
  target: string
  content: string
  since: string
  until: string
}

export interface SpecialView {
  id: string
  section: string
  year: number
  kind: string
  title: string
  need: string
  target: string
  content: string
  since: string
  until: string
  state: 'pending' | 'approved' | 'refused'
  serial: number
  created_by: string
  created: number
  answered_by: string
  words: string
  may?: boolean
}

export interface VisitCount {
  counted: number
  not_counted: number
  exempt: number
  rechecks: number
  joint: number
}
