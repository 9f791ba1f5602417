// Generated from Python by `anxun export-contract`. Do not edit.

export interface Addendum {
  withdrawn?: Withdrawal | null
  of?: string
  text?: string
  corrects?: Record<string, number> | null
}

export interface Approval {
  withdrawn?: Withdrawal | null
  of?: string
  act?: string
  answer?: string
  by?: Approver | null
  words?: string
  until?: string
  at?: number
}

export interface Approver {
  officer: string
  name: string
  delegated_by?: string
}

export interface Arrival {
  withdrawn?: Withdrawal | null
  officer?: string
  at?: number
  scan?: Scan | null
  reason?: string
  place?: Place | null
  exemption?: Exempt | null
}

export interface Bounds {
  after: number
  page: string
  monotonic: number
}

export interface Certificate {
  number: string
  scope: string[]
  issued: string
  until: string
  suspended?: boolean
}

export interface Check {
  withdrawn?: Withdrawal | null
  item?: string
  order?: number
  title?: string
  content?: string
  method?: string
  basis?: string[]
  result?: string
  reason?: string
  note?: string
  evidence?: string[]
}

export interface Claimed {
  taken?: string
  place?: Place | null
}

export interface Clock {
  withdrawn?: Withdrawal | null
  rule?: string
  title?: string
  trigger?: string
  started?: number
  due_strict?: string
  due_rolled?: string
  due_strict_ms?: number
  due_rolled_ms?: number
  provisional?: boolean
  state?: 'running' | 'stopped' | 'lapsed'
  stopped?: number
  resolved?: string
  source?: string
}

export interface Complaint {
  withdrawn?: Withdrawal | null
  number?: string
  inspection?: string
  unit?: string
  kind?: string
  words?: string
  name?: string
  phone?: string
  at?: number
}

export interface ComplaintAct {
  withdrawn?: Withdrawal | null
  act?: string
  words?: string
  by?: Approver | null
  at?: number
}

export interface Custody {
  withdrawn?: Withdrawal | null
  n?: number
  act?: string
  evidence?: string
  at?: number
  until?: number
  reason?: string
  words?: string
  officer?: string
}

export interface DocumentNumber {
  withdrawn?: Withdrawal | null
  kind?: string
  year?: number
  serial?: number
  text?: string
  draft?: string
  void?: VoidReason | null
}

export interface Dossier {
  withdrawn?: Withdrawal | null
  kind?: string
  bureau?: string
  section?: string
  enterprise?: EnterpriseName | null
  reason?: string
}

export interface Draft {
  withdrawn?: Withdrawal | null
  kind?: string
  content?: string
  about?: string[]
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

export interface EnterpriseEntry {
  withdrawn?: Withdrawal | null
  record?: Enterprise | null
}

export interface EnterpriseName {
  code: string
  name?: string
  id?: string
}

export interface EnterpriseSummary {
  id: string
  year: number
  as_of: number
  cap?: number
  floor_left?: number
  visits?: Visit[]
  open_findings?: OpenFinding[]
}

export interface EnterpriseSummaryEntry {
  withdrawn?: Withdrawal | null
  record?: EnterpriseSummary | null
}

export interface Evaluation {
  withdrawn?: Withdrawal | null
  inspection?: string
  unit?: string
  answers?: Record<string, string>
  words?: string
  at?: number
}

export interface Evidence {
  withdrawn?: Withdrawal | null
  kind?: string
  type?: string
  bytes?: number
  sha256?: string
  slices_sha256?: string
  captured?: number
  bounds?: Bounds | null
  officer?: string
  of?: string
  original?: string
  segment?: Segment | null
  place?: Place | null
  imported?: boolean
  claimed?: Claimed | null
}

export interface Exchange {
  withdrawn?: Withdrawal | null
  finding?: string
  agreed?: boolean
  words?: string
  read?: Read | null
  participants?: Participant[]
  at?: number
}

export interface Exempt {
  code: string
  reference?: string
  approver?: string
  reason?: string
}

export interface Extension {
  withdrawn?: Withdrawal | null
  order?: string
  findings?: string[]
  until?: string
  reason?: string
  by?: Reporter | null
}

export interface Feedback {
  withdrawn?: Withdrawal | null
  order?: string
  finding?: string
  words?: string
  photos?: string[]
  by?: Reporter | null
  recheck?: boolean
  at?: number
}

export interface Finding {
  withdrawn?: Withdrawal | null
  problem?: string
  place?: string
  check?: string
  grade?: string
  basis?: string[]
  cause?: string
  cause_kind?: string
  measure?: string
  dispositions?: string[]
  rectify_by?: RectifyBy | null
  leniency?: Leniency | null
  evidence?: string[]
}

export interface GradePeriod {
  grade: string
  since: string
  until: string
}

export interface Inspection {
  withdrawn?: Withdrawal | null
  kind?: string
  unit?: Unit | null
  sector?: string
  planned_for?: string
  reason?: string
  list_version?: string
  premises?: string
  situation?: string
  officers?: string[]
  started?: number | null
  ended?: number | null
}

export interface IssuedDocument {
  withdrawn?: Withdrawal | null
  kind?: string
  draft?: string
  number?: string
  facts?: string
  facts_sha256?: string
  renderer?: string
  pdf?: string
  pdf_sha256?: string
  code?: string
  issued?: number
  void?: VoidReason | null
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

export interface ItemEntry {
  withdrawn?: Withdrawal | null
  record?: Item | null
}

export interface JointBody {
  name: string
  task?: string
}

export interface Leniency {
  rule: string
  reason: string
}

export interface Mark {
  withdrawn?: Withdrawal | null
  of?: string
  kind?: string
  text?: string
  source?: string
}

export interface Officer {
  id: string
  name: string
  section: string
  section_name: string
  roles: string[]
  certificate?: Certificate | null
  certificates?: Certificate[]
  active?: boolean
  phone?: string
  devices?: string[]
}

export interface OfficerEntry {
  withdrawn?: Withdrawal | null
  record?: Officer | null
}

export interface OpenFinding {
  dossier: string
  finding: string
  problem: string
  due: string
}

export interface PackEntry {
  withdrawn?: Withdrawal | null
  record?: PackValue | null
}

export interface PackValue {
  id: string
  json: string
  source: string
  in_force: string
}

export interface Participant {
  name: string
  side: string
  post?: string
}

export interface Permit {
  kind: string
  number: string
  until: string
}

export interface Place {
  lat: number
  lon: number
  accuracy?: number
}

export interface Plan {
  withdrawn?: Withdrawal | null
  number?: string
  kind?: string
  enterprise?: string
  planned_for?: string
  reason?: string
  officers?: string[]
  items?: string[]
  list_version?: string
  content?: string
  focus?: string
  method?: string
  steps?: string
  exemption?: Record<string, string> | null
  starts?: string
  place?: string
  equipment?: string[]
  joint?: JointBody[]
  off_site?: Record<string, string> | null
  special?: string
  remark?: string
  paper?: string
}

export interface PrintEntry {
  withdrawn?: Withdrawal | null
  document?: string
  copies?: number
  outcome?: string
  at?: number
}

export interface Read {
  problem?: string
  measure?: string
}

export interface Receipt {
  withdrawn?: Withdrawal | null
  evidence?: string
  sha256?: string
  bytes?: number
  received?: number
  key?: string
  signature?: string
}

export interface Reception {
  name: string
  post?: string
  phone?: string
}

export interface Recheck {
  withdrawn?: Withdrawal | null
  order?: string
  started?: number
  ended?: number
  officers?: string[]
  items?: RecheckedItem[]
}

export interface RecheckedItem {
  finding: string
  result: string
  words?: string
  evidence?: string[]
}

export interface RectifyBy {
  due: string
  rule: string
}

export interface Refusal {
  reason: string
  witness_name?: string
  witness_unit?: string
  witness_phone?: string
  left_evidence?: string
}

export interface Reporter {
  name: string
  phone?: string
}

export interface Scan {
  text: string
  verdict: string
  key?: string
  enterprise?: string
}

export interface Segment {
  recording: string
  index: number
  started: number
  ended: number
}

export interface ServerKey {
  id: string
  use: string
  public: string
  withdrawn_on?: string
}

export interface ServerKeyEntry {
  withdrawn?: Withdrawal | null
  record?: ServerKey | null
}

export interface Service {
  withdrawn?: Withdrawal | null
  document?: string
  way?: string
  recipient?: string
  words?: string
  at?: number
}

export interface Signature {
  withdrawn?: Withdrawal | null
  draft?: string
  content_sha256?: string
  role?: string
  officer?: string
  name?: string
  post?: string
  strokes?: number[][][]
  refusal?: Refusal | null
  wet_ink?: string
  at?: number
}

export interface Step {
  withdrawn?: Withdrawal | null
  name?: string
  at?: number
  officers?: string[]
  certificates?: string[]
  reception?: Reception | null
  words?: string
  recording?: string
  offset?: number
}

export interface Unit {
  name: string
  code?: string
  address?: string
  legal_representative?: string
  post?: string
  phone?: string
}

export interface Visit {
  id: string
  dossier: string
  day: string
  kind: string
  at?: number
  exempt?: string
  joint?: boolean
  over?: boolean
}

export interface VisitToken {
  withdrawn?: Withdrawal | null
  token?: string
  until?: number
}

export interface VoidReason {
  reason: string
  at: number
}

export interface Withdrawal {
  reason: string
}

export interface Records {
  addendum: Addendum
  approval: Approval
  arrival: Arrival
  check: Check
  clock: Clock
  complaint: Complaint
  complaint_act: ComplaintAct
  custody: Custody
  document: IssuedDocument
  dossier: Dossier
  draft: Draft
  enterprise: EnterpriseEntry
  enterprise_summary: EnterpriseSummaryEntry
  evaluation: Evaluation
  evidence: Evidence
  exchange: Exchange
  extension: Extension
  feedback: Feedback
  finding: Finding
  inspection: Inspection
  item: ItemEntry
  mark: Mark
  number: DocumentNumber
  officer: OfficerEntry
  pack: PackEntry
  plan: Plan
  print: PrintEntry
  receipt: Receipt
  recheck: Recheck
  server_key: ServerKeyEntry
  service: Service
  signature: Signature
  step: Step
  visit_token: VisitToken
}
