/** Names of states, reasons and records as the desk says them. */

import type { State } from './model'

const STATE_WORDS: Readonly<Record<State, string>> = {
  cancelled: '已取消',
  closed: '已结案',
  transfer_required: '待移交',
  partly: '部分改好',
  passed: '整改合格',
  recheck_due: '待复查',
  rectifying: '整改中',
  closed_no_issue: '未发现问题',
  served: '已送达',
  refused: '拒签',
  signed: '已签字',
  exchanged: '已交换意见',
  ended: '检查已结束',
  in_progress: '正在检查',
  planned: '已安排',
  plan_pending: '方案待批',
  draft: '还没开始',
}

/** Why the server put an item aside (sync.md QU1). */
const HELD_REASONS: Readonly<Record<string, string>> = {
  invalid: '内容读不出来',
  no_authority: '写的人没有这项权限',
  revoked: '写的手机已停用',
  sealed: '要改的内容已封存',
  authority: '这项内容只能由服务器写',
  incomplete: '前面的内容还没到',
  blocked: '前面有一项还没受理',
}

export const HELD_ENTITIES: Readonly<Record<string, string>> = {
  dossier: '新开的卷宗',
  inspection: '检查情况',
  arrival: '到场',
  step: '现场步骤',
  check: '检查结果',
  finding: '问题',
  exchange: '交换意见',
  evidence: '证据',
  custody: '保管记录',
  draft: '文书草稿',
  number: '文号',
  signature: '签名',
  document: '文书',
  service: '送达',
  print: '打印',
  recheck: '复查',
  addendum: '补充说明',
  extension: '整改延期',
}

export const STEP_TITLES: Readonly<Record<string, string>> = {
  reception: '企业人员到场',
  certificates_shown: '出示证件',
  rights_told: '告知权利',
  integrity_statement: '廉洁告知',
  law_lesson: '普法',
  recording_skipped: '没有录音',
  scan_skipped: '离场前补扫不了',
  ended_early: '提前结束检查',
}

export const GAP_REASONS: Readonly<Record<string, string>> = {
  call: '来电',
  mute: '麦克风被占用',
  sleep: '手机休眠',
  page_load: '应用重开',
  pause: '人工暂停',
  device: '设备出错',
  picture: '画面中断，声音没断',
}

export const SERVICE_WAYS: Readonly<Record<string, string>> = {
  direct: '直接送达',
  leave: '留置送达',
  other: '他人代收',
  electronic: '电子送达',
}

export const RESULTS: Readonly<Record<string, string>> = {
  fixed: '改好了',
  partly: '改了一部分',
  not_fixed: '没改好',
}

const ANSWERS: Readonly<Record<string, readonly [yes: string, no: string]>> = {
  review: ['审核同意', '审核不同意'],
  approve: ['批准方案', '不批准方案'],
  cancel: ['取消方案', '取消方案'],
  close: ['结案', '没有结案'],
  extend: ['同意整改延期', '不同意整改延期'],
}

/** What the office said in a dossier: 审核 is agreed to, 审批 is approved. */
export function answeredWords(act: string, yes: boolean): string {
  const [agreed, refused] = ANSWERS[act] ?? ['批准', '不批准']
  return yes ? agreed : refused
}

/** A state this page does not know is told by its own name. */
export function stateWords(state: string): string {
  return STATE_WORDS[state as State] ?? state
}

export function heldReason(reason: string): string {
  return HELD_REASONS[reason] ?? reason
}
