// Generated from Python by `anxun export-contract`. Do not edit.

export interface Beacon {
  key: string
  now: number
  signature: string
}

export interface Check {
  timeline: string
  dossier: string
  seq: number
  count: number
  digest: string
}

export interface CheckReply {
  ok: boolean
  seq: number
}

export interface Control {
  kind: 'grant' | 'revoke' | 'erase'
  dossier: string
}

export interface DeviceStatus {
  status: 'ok' | 'fork'
  epoch: number
  acked_n: number
}

export interface Grant {
  dossier: string
  until: number
}

export interface Hello {
  device: string
  epoch: number
  n: number
  hash: string
  timeline: string
  schema: number
  now: number
}

export interface HelloReply {
  timeline: string
  now: number
  beacon: Beacon
  device: DeviceStatus
  backed_up_n: number
  grants: Grant[]
  leases: Lease[]
  limits: Limits
  min_pull_schema: number
  backed_up?: number
}

export interface ItemResult {
  n: number
  status: 'duplicate' | 'quarantined'
  reason?: string
}

export interface Lease {
  kind: string
  year: number
  prefix: string
  suffix: string
  first: number
  last: number
}

export interface Limits {
  items: number
  bytes: number
}

export interface Page {
  dossier: string
  rows: Row[]
  more: boolean
}

export interface Pull {
  timeline: string
  cursors: Record<string, number>
  limit?: number
}

export interface PullReply {
  timeline: string
  now: number
  pages: Page[]
  control: Control[]
  receipts: Receipt[]
}

export interface PushReply {
  timeline: string
  now: number
  acked_n: number
  other: ItemResult[]
  seq: Record<string, number>
}

export interface Receipt {
  epoch: number
  n: number
  status: 'quarantined' | 'released' | 'discarded'
  reason: string
}

export interface Row {
  seq: number
  body: string
  received: number
  courier: string
  heads_after?: Record<string, unknown>
  effective?: string
}

export interface Run {
  timeline: string
  device: string
  epoch: number
  first_n: number
  first_prev: string
  items: string[]
  last_hash: string
  signature: string
}

export interface SnapshotEnd {
  next?: string | null
}

export interface SnapshotHead {
  timeline: string
  seq0: number
}

export interface SnapshotLine {
  entity: string
  record: string
  seq: number
  fields: unknown
}

export interface Wire {
}
