/** What 「数据在哪」 and the recorder bar say (ux.md 3.5, 3.15, 4). */

import { minutesLeft } from '@/adapters/storage'
import type { Entity, Shown, Status, Store } from '@/store'
import { duration } from '@/ui/deadline-words'
import type { Place } from '@/ui/signals'

import type { EvidenceItem } from './model'

export const PAUSE_REASONS = ['企业商业秘密', '接电话', '换场所'] as const

const GAPS: Readonly<Record<string, string>> = {
  call: '来电',
  mute: '麦克风被占用',
  sleep: '手机休眠',
  page_load: '应用重开',
  device: '麦克风断开',
}

/** 「录音断了 38 秒（来电），已自动恢复」 */
export function gapWords(lostMs: number, reason: string): string {
  const lasted = lostMs < 1_000 ? '不到 1 秒' : ` ${Math.round(lostMs / 1_000)} 秒`
  return `录音断了${lasted}（${GAPS[reason] ?? '中断'}），已自动恢复`
}

const TROUBLES: Readonly<Record<string, string>> = {
  denied: '没有麦克风权限。之前录的都在。到系统设置里打开，再点继续。',
  no_device: '找不到麦克风。之前录的都在。接好后点继续。',
  device_busy: '麦克风正被别的应用占用。之前录的都在。挂断后点继续。',
  unsupported: '这个浏览器不能录音。其他都能照常做。换一个浏览器再录。',
  full: '空间满了，录音停了，之前的都在。腾空间后接着录。',
}

export function troubleWords(reason: string): string {
  return TROUBLES[reason] ?? '录音没开起来。之前录的都在。再点一次继续。'
}

/** 「38 MB」 */
export function sizeWords(bytes: number): string {
  const mega = bytes / 1e6
  if (mega >= 1_000) return `${(mega / 1_000).toFixed(1)} GB`
  return mega >= 10 ? `${Math.round(mega)} MB` : `${Math.max(0.1, mega).toFixed(1)} MB`
}

/** Kinds of records whose place the officer is told; custody goes with its files. */
const SHOWN: Readonly<Partial<Record<Entity, string>>> = {
  inspection: '检查情况',
  arrival: '到场',
  step: '现场步骤',
  check: '检查项',
  finding: '问题',
  exchange: '交换意见',
  draft: '文书稿',
  number: '文号',
  signature: '签名',
  document: '文书',
  service: '送达',
  print: '打印',
  recheck: '复查',
  extension: '延期',
  addendum: '补充说明',
}

const HELD: Readonly<Record<string, string>> = {
  no_authority: '待受理：你现在不能写这份卷宗，科长受理后计入。内容没丢。',
  revoked: '待受理：这台手机已停用，科长受理后计入。内容没丢。',
  incomplete: '待受理：文书缺内容或缺两名有证人员，科长受理后计入。内容没丢。',
  blocked: '待受理：它前面的内容还没受理，一并受理后计入。内容没丢。',
  invalid: '服务器没收：内容读不懂。内容在本机，没丢。把它给信息员。',
  sealed: '服务器没收：签发后的内容不能改。内容在本机，没丢。作废重开。',
  authority: '服务器没收：这一项只能由服务器写。内容在本机，没丢。把它给信息员。',
}

export function heldWords(reason: string): string {
  return HELD[reason] ?? '待受理：科长受理后计入。内容没丢。'
}

export interface Fact {
  readonly key: string
  readonly title: string
  readonly note: string
  readonly place: Place
  /** Where a choice is made; '' = nothing to choose. */
  readonly conflict: string
}

export interface Stations {
  readonly phone: number
  readonly sending: number
  readonly server: number
}

function ownRecords(store: Store): readonly Shown[] {
  const device = store.person()?.device
  const entities = Object.keys(SHOWN) as Entity[]
  return store
    .dossiers()
    .flatMap((dossier) => entities.flatMap((entity) => store.records(dossier, entity) as Shown[]))
    .filter((each) => each.device === device || each.conflicts.length > 0)
}

/** Each piece of this officer's work in one of the three; what is held lies at the server too. */
export function stationsOf(store: Store, items: readonly EvidenceItem[]): Stations {
  const own = ownRecords(store).filter(({ device }) => device === store.person()?.device)
  const places = [...own.map(({ place }) => place), ...items.map(({ place }) => place)]
  const count = (wanted: string): number => places.filter((place) => place === wanted).length
  const held = own.filter(({ place, held: reason }) => place === 'held' && reason !== null).length
  return { phone: count('phone') + held, sending: count('sending'), server: count('server') }
}

/** What waits for a person: held pieces with the reason, and fields with two versions. */
export function factsToSettle(store: Store): readonly Fact[] {
  return ownRecords(store).flatMap((record) => {
    const { dossier, entity, id, held, conflicts } = record
    const title = SHOWN[entity] ?? ''
    const note = enterpriseName(store, dossier)
    const waiting = held === null ? [] : [heldFact(record, title, held)]
    const choices = conflicts.map((field) => ({
      key: `${id}.${field}`,
      title,
      note: `${note} · 各改了一次`,
      place: { at: 'conflict' } as const,
      conflict: [dossier, entity, id, field].join('~'),
    }))
    return [...waiting, ...choices]
  })
}

function heldFact({ id }: Shown, title: string, reason: string): Fact {
  return { key: id, title, note: heldWords(reason), place: { at: 'waiting' }, conflict: '' }
}

export function enterpriseName(store: Store, dossier: string): string {
  return store.record(dossier, 'dossier', dossier)?.values.enterprise?.name ?? '检查'
}

/** Files of one kind of one visit, while any of them is still under way. */
export interface Group {
  readonly key: string
  readonly dossier: string
  readonly kind: string
  readonly title: string
  readonly note: string
  readonly place: Place
  readonly items: readonly EvidenceItem[]
}

const KINDS = ['pdf', 'scan', 'photo', 'audio', 'video'] as const

/** `waits`: recordings wait for Wi-Fi. */
export function groupsOf(
  store: Store,
  dossier: string,
  own: readonly EvidenceItem[],
  waits: boolean,
): readonly Group[] {
  return KINDS.flatMap((kind) => {
    const items = own.filter((item) => item.kind === kind)
    if (items.every(({ place }) => place === 'server')) return []
    const size = sizeWords(items.reduce((sum, { bytes }) => sum + bytes, 0))
    const wifi = waits && kind === 'audio'
    const whose = wifi ? '等 Wi-Fi（可改）' : enterpriseName(store, dossier)
    const note = [items.find(({ refusal }) => refusal !== '')?.refusal ?? whose, size].join(' · ')
    const title = groupTitle(store, dossier, kind, items)
    const place = groupPlace(items, wifi)
    return [{ key: `${dossier}.${kind}`, dossier, kind, title, note, place, items }]
  })
}

function groupTitle(
  store: Store,
  dossier: string,
  kind: string,
  items: readonly EvidenceItem[],
): string {
  if (kind === 'photo') return `照片 ${items.length} 张`
  if (kind !== 'audio') return `文书 ${items.length} 份`
  const lasted = items.reduce((sum, { record }) => {
    const segment = store.record(dossier, 'evidence', record)?.values.segment
    return sum + (segment ? segment.ended - segment.started : 0)
  }, 0)
  return `录音 ${duration(Math.max(1, Math.round(lasted / 60_000)))}`
}

function groupPlace(items: readonly EvidenceItem[], wifi: boolean): Place {
  const done = items.filter(({ place }) => place === 'server').length
  const [only] = items
  if (items.length === 1 && only?.place === 'sending') {
    return { at: 'sending', percent: only.percent }
  }
  if (done > 0 || items.some(({ place }) => place === 'sending')) {
    return { at: 'sending_some', done, of: items.length }
  }
  return { at: wifi ? 'waiting_wifi' : 'only_local' }
}

/** 「都在，没有丢」 or what is not in order. */
export function headline(refused: number, held: number): { good: boolean; text: string } {
  if (refused > 0) return { good: false, text: `有 ${refused} 项存不上，看这里` }
  if (held > 0) return { good: false, text: `有 ${held} 项服务器没收，原因在下面` }
  return { good: true, text: '都在，没有丢' }
}

/** Why nothing goes up now, and that nothing is lost by it; '' = the server answers. */
export function networkWords({ network }: Status, waiting: number): string {
  switch (network) {
    case 'server_down':
      return '服务器暂时连不上。都在本机。好了会自动传。'
    case 'captive':
      return '这个 Wi-Fi 要先登录网页。都在本机。换流量或先登录 Wi-Fi。'
    case 'login_expired':
      return `登录过期了。本机 ${waiting} 项都在。输 PIN 接着传。`
    case 'offline':
    case 'unknown':
      return '有网会自动传，不用守着'
    case 'ok':
      return ''
  }
}

const MINUTE_MS = 60_000
const SKEW_TOLD_MS = 2 * MINUTE_MS

/** `skew`: phone minus server, ms. */
export function skewWords(skew: number): string {
  if (Math.abs(skew) <= SKEW_TOLD_MS) return ''
  const minutes = Math.round(Math.abs(skew) / MINUTE_MS)
  return `手机时间${skew < 0 ? '慢' : '快'} ${minutes} 分钟，已按服务器时间注明。`
}

export interface GaugeWords {
  readonly text: string
  readonly label: string
  /** 0 to 1. */
  readonly part: number
}

const HOUR_MIN = 60
const RECORDING_FULL_H = 11
const DAY_MS = 86_400_000
const LEASE_FULL_DAYS = 6
const NUMBERS_FULL = 50

/** `free` bytes; undefined where the browser does not tell. */
export function recordingGauge(free: number | undefined, audioBits: number): GaugeWords {
  if (free === undefined) return { text: '录音 不知道', label: '录音还能录多久不知道', part: 0 }
  const minutes = minutesLeft(free, audioBits)
  const left = minutes < HOUR_MIN ? `${minutes} 分钟` : `${Math.floor(minutes / HOUR_MIN)} 小时`
  const part = minutes / (RECORDING_FULL_H * HOUR_MIN)
  return { text: `录音 ${left}`, label: `录音还能录 ${left}`, part }
}

export function leaseGauge(leaseUntil: number, now: number): GaugeWords {
  const days = Math.max(0, Math.floor((leaseUntil - now) / DAY_MS))
  const text = `离线授权 ${days} 天`
  return { text, label: `离线授权还有 ${days} 天`, part: days / LEASE_FULL_DAYS }
}

export function numbersGauge(store: Store, network: Status['network']): GaugeWords {
  const left = store.leases().reduce((sum, { next, last }) => sum + Math.max(0, last - next + 1), 0)
  const part = left / NUMBERS_FULL
  const coming = part <= 0.3 && network === 'ok' ? '，补充中' : ''
  return { text: `文号剩 ${left}${coming}`, label: `文号还剩 ${left} 个`, part }
}

/** `asOf` UTC ms, 0 = never; `when` is it in words. */
export function dataGauge(asOf: number, now: number, when: string): GaugeWords {
  if (asOf === 0) return { text: '资料 还没下到本机', label: '资料还没下到本机', part: 0 }
  const part = Math.max(0, 1 - (now - asOf) / (5 * DAY_MS))
  return { text: `资料 ${when}`, label: `资料截至 ${when}`, part }
}
