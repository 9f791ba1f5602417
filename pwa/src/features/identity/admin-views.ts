/** What the administrator's desk says. */

import type {
  AuditEntry,
  CodeView,
  EnrolmentView,
  LifeboatReply,
  PersonView,
  Titled,
} from '@/generated/http'

import { dayOfMs, timeOf } from './views'

/** What the audit calls an act. */
export const ACTS: Readonly<Record<string, string>> = {
  add_account: '添加账号',
  change_account: '改账号',
  close_account: '停用账号',
  reopen_account: '恢复账号',
  give_code: '给一次性口令',
  choose_password: '设密码',
  end_session: '退出别处登录',
  add_certificate: '登记执法证',
  renew_certificate: '换证',
  suspend_certificate: '暂停执法证',
  restore_certificate: '恢复执法证',
  add_section: '添加科室',
  change_section: '改科室',
  change_bureau: '改单位',
  enrolment_approval: '改登记批准',
  approve_enrolment: '给登记码',
  enrol: '登记手机',
  revoke_enrolment: '停用手机',
  delegate: '委托审批',
  withdraw_delegation: '撤回委托',
  set_up: '首次设置',
  export_audit: '导出审计',
  refused: '被拒绝',
  submit_plan: '提交方案',
  review_plan: '审核方案',
  approve_plan: '审批方案',
  cancel_plan: '取消方案',
  request_special: '报批专项检查',
  approve_special: '答复专项检查',
  publish_items: '发布检查事项清单',
  close: '卷宗结案',
  release: '受理待受理的',
  discard: '不受理待受理的',
  answer_extension: '答复延期申请',
  accept_complaint: '受理投诉',
  reply_complaint: '答复投诉',
  close_complaint: '办结投诉',
  import_enterprises: '导入企业',
  import_officers: '导入人员',
  import_items: '导入检查事项',
  undo_import_items: '撤销导入检查事项',
  undo_import_enterprises: '撤销导入企业',
  undo_import_officers: '撤销导入人员',
  import_law: '导入法规',
  print_posters: '打印企业码',
  calendar_given: '订阅日历',
  calendar_ended: '停止订阅日历',
  send_feedback: '企业反馈整改',
  ask_extension: '企业申请延期',
  complain: '投诉',
  evaluate: '评价',
  enter_open_page: '企业进入本次检查',
  view_open_page: '看公开页',
}

export function actWords(act: string): string {
  return ACTS[act] ?? act
}

/** Who acts without an account. */
const NOBODY: Readonly<Record<string, string>> = {
  shell: '服务器命令行',
  setup: '首次设置',
  public: '企业或公众',
}

export function actorWords({ actor, actor_name }: AuditEntry): string {
  if (actor_name !== '') return actor_name
  return NOBODY[actor] ?? actor
}

export function instantWords(ms: number | null): string {
  return ms === null || ms === 0 ? '从未' : `${dayOfMs(ms)} ${timeOf(ms)}`
}

export function postWords(roles: readonly string[], posts: readonly Titled[]): string {
  return roles.map((role) => posts.find(({ id }) => id === role)?.title ?? role).join('、')
}

const LOGIN_STATES: Readonly<Record<string, string>> = {
  none: '还没有口令',
  code: '口令已给，还没用',
  own: '能登录',
}

export function loginStateWords({ active, login_state }: PersonView): string {
  return active ? (LOGIN_STATES[login_state] ?? '') : '已停用'
}

/** Empty: nothing to warn of. */
export function warningWords({ warning, active }: PersonView): string {
  if (!active || warning < 0) return ''
  return warning === 0 ? '执法证已到期' : `执法证不到 ${warning} 天到期`
}

export function certificatesWords({ certificates }: PersonView): string {
  const last = [...certificates].sort((a, b) => (a.until < b.until ? 1 : -1))[0]
  if (last === undefined) return '没有'
  return last.suspended === true ? `${last.number} 已暂停` : `${last.number} 至 ${last.until}`
}

/** Twelve letters are read out in threes of four. */
export function codeWords(code: string): string {
  return code.replace(/(.{4})(?=.)/g, '$1 ')
}

/** For pasting: a line for each person, its cells apart by tabs. */
export function codeLines(codes: readonly CodeView[]): string {
  const cells = ({ name, section_name, login, code, until }: CodeView): readonly string[] => [
    name,
    section_name,
    login,
    codeWords(code),
    `${instantWords(until)}前有效`,
  ]
  return codes.map((each) => cells(each).join('\t')).join('\n')
}

/** Who can be given codes together: who has none, and who was given one and has not used it. */
export function toBeGiven(
  people: readonly PersonView[],
  state: 'none' | 'code',
): readonly string[] {
  return people.filter((each) => each.active && each.login_state === state).map(({ id }) => id)
}

const SKEW_MS = 120_000

export function skewWords({ skew, last_contact }: EnrolmentView): string {
  if (last_contact === null || Math.abs(skew) < SKEW_MS) return '准'
  const minutes = Math.round(Math.abs(skew) / 60_000)
  return skew > 0 ? `快 ${minutes} 分钟` : `慢 ${minutes} 分钟`
}

export function unsentWords({ unsent }: EnrolmentView): string {
  if (unsent === null) return '不知道'
  return unsent === 0 ? '没有' : `${unsent} 项`
}

/** What a lifeboat held, in counts. */
export function boatWords(reply: LifeboatReply): string {
  const sum = (of: 'accepted' | 'duplicate' | 'quarantined' | 'refused'): number =>
    reply.runs.reduce((total, run) => total + run[of], 0)
  const accepted = `收下 ${sum('accepted')} 项`
  const more = [
    [sum('quarantined'), '待科长受理'],
    [sum('duplicate'), '服务器早已有'],
    [sum('refused'), '没有收'],
  ] as const
  const told = more.filter(([count]) => count > 0).map(([count, words]) => `${words} ${count} 项`)
  return reply.runs.length === 0
    ? '这个文件里没有待传的内容，服务器都有了。'
    : `${[accepted, ...told].join('，')}。`
}

export function optionsOf(
  rows: readonly Titled[],
): readonly { readonly value: string; readonly label: string }[] {
  return rows.map(({ id, title }) => ({ value: id, label: title }))
}
