/** What login, lock and the strip say. */

import type { Persistence } from '@/adapters/storage'
import type { LoginResult, Network, Person, Status, UnlockResult } from '@/store'
import { dayWords } from '@/ui/date-words'
import { timer } from '@/ui/deadline-words'
import { type Strip, type StripFacts, stripOf } from '@/ui/strip'

import type { Hindrance } from './leaving'
import type { Behind, FileLeft } from './services'

const FORGOTTEN =
  'PIN 忘了：没传的记录可交单位收走上传，没传的照片和录音仍加密留在本机，别清浏览器数据。再重新登记这台手机。'
const MINUTE_MS = 60_000

export function loginWords(result: Extract<LoginResult, { ok: false }>): string {
  if (result.title !== null) return result.title
  if (result.network === 'captive') return '这个 Wi-Fi 要先登录网页。换流量或先登录 Wi-Fi。'
  return '第一次登录要有网络。服务器暂时连不上，请稍后再试。'
}

export function lockWords(result: Extract<UnlockResult, { ok: false }>, now: number): string {
  if (result.until > now) {
    const wait = waitWords(Math.ceil((result.until - now) / MINUTE_MS))
    return `试错次数太多，${wait}后再试。资料还在，已加密。${FORGOTTEN}`
  }
  return `PIN 不对，还可试 ${result.left} 次。`
}

function waitWords(minutes: number): string {
  const hours = Math.ceil(minutes / 60)
  if (minutes <= 60) return `${minutes} 分钟`
  return hours <= 48 ? `${hours} 小时` : `${Math.ceil(hours / 24)} 天`
}

/** The time alone: the phone may lie in anybody's hands. */
export function behindWords({ state, elapsedMs }: Behind): string {
  const recorded = timer(elapsedMs)
  if (state === 'recording') return `正在录音 ${recorded} 没有停`
  return state === 'paused' ? `录音已暂停 ${recorded}` : `录音停了 ${recorded}，打开后继续`
}

export function hindranceWords(hindrance: Hindrance): string {
  if (hindrance.why === 'recording') {
    return '这台手机正在录音，也许在另一个页面。先停下录音再退出，什么也没有动。'
  }
  return `还有 ${hindrance.count} 项只在本机，现在不能退出。什么也没有动。`
}

const COUNTED: Readonly<Record<string, string>> = { photo: '张照片', audio: '段录音', pdf: '份文书' }

/** 「3 张照片、2 段录音」 */
export function filesWords(files: readonly Pick<FileLeft, 'kind'>[]): string {
  const counts = new Map<string, number>()
  for (const { kind } of files) {
    const word = COUNTED[kind] ?? '个文件'
    counts.set(word, (counts.get(word) ?? 0) + 1)
  }
  return [...counts].map(([word, count]) => `${count} ${word}`).join('、')
}

/** What is still here of an enrolment that has ended, and how it gets to the server. */
export function endedWords(unsent: number, files: readonly FileLeft[]): readonly string[] {
  const at = (place: FileLeft['at']): string => filesWords(files.filter((file) => file.at === place))
  const [phone, unrecorded, arrived] = [at('phone'), at('unrecorded'), at('arrived')]
  if (unsent === 0 && files.length === 0) return ['写过的都在服务器，没有丢。']
  return [
    unsent > 0 ? `没传的 ${unsent} 项记录仍加密存在本机，可由单位收走上传。` : '',
    phone && `${phone}的原件只在本机，加密存着，没有丢。用账号密码登录就能传。`,
    unrecorded && `${unrecorded}还没记进卷宗，传不了，仍加密存在本机。`,
    arrived && `${arrived}服务器收到了，还没签收据。本机的也留着。`,
  ].filter(Boolean)
}

export function persistenceWords(answer: Persistence): string {
  return answer === 'granted'
    ? '浏览器已同意长期保存'
    : '浏览器没有同意。数据仍保存，但请每天联网一次'
}

const CHINA_MS = 8 * 3_600_000

/** The clock time of an instant (UTC ms) in China, `HH:MM`. */
export function timeOf(ms: number): string {
  return new Date(ms + CHINA_MS).toISOString().slice(11, 16)
}

const NETWORK: Readonly<Record<Network, StripFacts['network']>> = {
  unknown: 'none',
  ok: 'there',
  offline: 'none',
  server_down: 'no_server',
  captive: 'no_server',
  login_expired: 'expired',
}

/** The one sentence under each title. `files` are evidence files still to be sent. */
export function stripFrom(status: Status, files: number, at: string): Strip {
  const unsent = status.unsent + files
  return stripOf({
    roomMinutes: undefined,
    conflicts: status.conflicts,
    waiting: status.held,
    unsent,
    sending: undefined,
    network: NETWORK[status.network],
    at,
  })
}

/** The day of an instant (UTC ms) in China, `YYYY-MM-DD`. */
export function dayOfMs(ms: number): string {
  return new Date(ms + CHINA_MS).toISOString().slice(0, 10)
}

interface Certificate {
  readonly number: string
  readonly until: string
  readonly suspended?: boolean
}

/** 执法证件: number and how long it lasts, or why it may not be used. */
export function certificateWords(held: Certificate | null, today: string): string {
  if (held === null) return '没有执法证件，不能作为执法人员参加检查。'
  if (held.suspended === true) return `执法证 ${held.number} 已暂停使用。找法规科。`
  if (held.until < today) {
    return `您的执法证已于 ${dayWords(held.until, today)} 到期，不能开始或参加检查。可以查看资料。找法规科换证`
  }
  return `执法证 ${held.number}，有效至 ${dayWords(held.until, today)}`
}

const POSTS: Readonly<Record<string, string>> = {
  R1: '执法人员',
  R2: '科长',
  R3: '执法人员',
  R4: '支队长',
  R5: '法规科',
  R6: '绩效考核',
  R7: '局领导',
  R9: '专家',
  R13: '辅助人员',
  R14: '管理员',
}

/** 「危化科 科长」; a section whose name says it already is not followed by it again. */
export function postWords({ sectionName, roles }: Pick<Person, 'sectionName' | 'roles'>): string {
  const posts = roles.map((role) => POSTS[role] ?? '').filter((post) => !sectionName.includes(post))
  return [sectionName, ...new Set(posts)].filter(Boolean).join(' ')
}
