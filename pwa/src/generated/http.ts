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
  delegated_by?: string
}

export interface AuditEntry {
  n: number
  at: number
  actor: string
  actor_name: string
  act: string
  subject: string
  subject_name: string
  detail: string
  words: string
}

export interface AuditView {
  rows: AuditEntry[]
  entries: number
  broken_at: number
  more: boolean
}

export interface BureauWords {
  name: string
  district: string
  region: string
  government: string
  court: string
  phone?: string
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

export interface Certificate {
  number: string
  scope: string[]
  issued: string
  until: string
  suspended?: boolean
}

export interface CertificateBody {
  number: string
  scope: string[]
  issued: string
  until: string
}

export interface Change {
  title: string
  before: string
  after: string
}

export interface CheckView {
  kind: 'enterprises' | 'officers' | 'items'
  token: string
  sheet: string
  new: number
  changed: number
  unchanged: number
  refused: number
  extra: string[]
  notes: string[]
  rows: RowView[]
  left_off: number
}

export interface CodeText {
  text: string
}

export interface CodeView {
  officer: string
  login: string
  name: string
  section_name: string
  code: string
  until: number
}

export interface ComplaintActView {
  act: string
  words: string
  by: string
  at: number
}

export interface ComplaintBody {
  act: 'accept' | 'reply' | 'close'
  words?: string
}

export interface ComplaintView {
  dossier: string
  number: string
  state: string
  received: number
  reply_by: string
  inspection: string
  unit: string
  kind: string
  words: string
  name: string
  phone: string
  acts: ComplaintActView[]
  may_answer: boolean
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

export interface EnrolmentView {
  device: string
  officer: string
  officer_name: string
  name: string
  enrolled: number
  revoked: number | null
  revoked_words: string
  last_contact: number | null
  skew: number
  unsent: number | null
}

export interface Enterprise {
  id: string
  code: string
  name: string
  section: string
  sector: string
  short_name?: string
  address?: string
  legal_representative?: string
  phone?: string
  high_risk?: boolean
  grades?: GradePeriod[]
  place?: Place | null
  permits?: Permit[]
  more_sectors?: string[]
  owner?: string
  credit?: string
  last_accident?: string
  withdrawn?: boolean
}

export interface EnterprisePage {
  rows: Enterprise[]
  total: number
}

export interface EvaluationView {
  dossier: string
  inspection: string
  unit: string
  answers: Record<string, string>
  words: string
  at: number
}

export interface EvidenceState {
  state: string
  offset: number
  length: number
  receipt: string
  received: number
  key: string
  signature: string
}

export interface Exemption {
  code: string
  reference?: string
  approver?: string
  reason?: string
}

export interface ExtensionBody {
  answer: 'yes' | 'no'
  until?: string
  words?: string
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

export interface GradePeriod {
  grade: string
  since: string
  until: string
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
  withdrawn?: boolean
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

export interface Ledger {
  year: number
  most: number | null
  approved: number
  may_request: boolean
  checks: SpecialView[]
}

export interface LifeboatReply {
  timeline: string
  now: number
  runs: LifeboatRun[]
}

export interface LifeboatRun {
  device: string
  epoch: number
  accepted: number
  duplicate: number
  quarantined: number
  refused: number
  code?: string
  title?: string
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

export interface PackChoice {
  id: string
  title: string
  region: string
  government: string
  court: string
  section_kinds: Titled[]
  sectors: Titled[]
}

export interface PeopleView {
  bureau: BureauWords
  enrolment_needs_approval: boolean
  may_manage: boolean
  people: PersonView[]
  sections: SectionView[]
  posts: Titled[]
  section_kinds: Titled[]
  sectors: Titled[]
}

export interface Permit {
  kind: string
  number: string
  until: string
}

export interface PersonBody {
  login: string
  name: string
  section: string
  roles: string[]
  phone?: string
  version?: string
}

export interface PersonView {
  id: string
  login: string
  name: string
  phone: string
  section: string
  section_name: string
  roles: string[]
  active: boolean
  login_state: string
  certificates: Certificate[]
  warning: number
  version: string
}

export interface Place {
  lat: number
  lon: number
  accuracy?: number
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

export interface PosterFiles {
  enterprises: number
  files: number
  per_file: number
}

export interface RequestView {
  record: string
  dossier: string
  kind: string
  at: number
  until: string
  may_answer: boolean
}

export interface RowView {
  number: number
  state: 'new' | 'changed' | 'unchanged' | 'refused'
  name: string
  faults?: string[]
  changes?: Change[]
}

export interface RunView {
  id: string
  kind: 'enterprises' | 'officers' | 'items'
  officer: string
  officer_name: string
  at: number
  file_name: string
  list_version: string
  created: number
  changed: number
  refused: number
  undone_at: number | null
  kept: number
}

export interface SectionBody {
  name: string
  kind: string
  sectors?: string[]
}

export interface SectionView {
  id: string
  name: string
  kind: string
  sectors: string[]
  people: number
}

export interface SessionView {
  id: string
  started: number
  until: number
  client: string
  this: boolean
}

export interface SetupBody {
  token: string
  bureau: BureauWords
  pack: string
  sections: SectionBody[]
  login: string
  administrator: string
  password: string
}

export interface SetupOffer {
  packs: PackChoice[]
  password_length: number
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

export interface Titled {
  id: string
  title: string
  kinds?: string[]
}

export interface UndoBody {
  rest?: boolean
}

export interface UndoView {
  undone: boolean
  restored: number
  changed_since: string[]
}

export interface VisitCount {
  counted: number
  not_counted: number
  exempt: number
  rechecks: number
  joint: number
}
