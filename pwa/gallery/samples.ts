/** Invented enterprises, people and numbers for the gallery. */
import type { BarItem, TabItem } from '@/ui/bar-items'
import {
  Building2,
  CalendarClock,
  Camera,
  CircleCheck,
  CircleMinus,
  CircleUserRound,
  CircleX,
  FileText,
  Flag,
  IdCard,
  ListChecks,
  MessageSquareWarning,
  Mic,
  PhoneOff,
  ScanLine,
  Stamp,
} from '@/ui/icons'
import type { Station } from '@/ui/Stepper.vue'
import type { TimelineEntry } from '@/ui/Timeline.vue'

export const TODAY = '2026-09-18'

export const TABS: readonly TabItem[] = [
  { id: 'today', label: '今日', icon: ListChecks, href: '#/f' },
  { id: 'enterprises', label: '企业', icon: Building2, href: '#/f/e' },
  { id: 'scan', label: '扫码', icon: ScanLine, href: '#/f/scan' },
  { id: 'due', label: '期限', icon: CalendarClock, href: '#/f/due', count: 2, countWords: '2 件到期' },
  { id: 'me', label: '我的', icon: CircleUserRound, href: '#/f/me' },
]

export const DOCK: readonly BarItem[] = [
  { id: 'checks', label: '检查表', icon: ListChecks },
  { id: 'finding', label: '记问题', icon: MessageSquareWarning },
  { id: 'camera', label: '拍照', icon: Camera },
  { id: 'papers', label: '文书', icon: FileText, count: 3, countWords: '3 份要办' },
  { id: 'end', label: '结束', icon: Flag },
]

export const STATIONS: readonly Station[] = [
  { id: 'arrive', label: '到场', state: 'done' },
  { id: 'cards', label: '亮证', state: 'done' },
  { id: 'rights', label: '告知', state: 'done' },
  { id: 'check', label: '检查', state: 'now' },
  { id: 'exchange', label: '交换意见', state: 'todo' },
  { id: 'papers', label: '文书', state: 'todo' },
]

export const ANSWERS = [
  { value: 'yes', label: '符合', icon: CircleCheck, tone: 'good' },
  { value: 'no', label: '有问题', icon: CircleX, tone: 'binds' },
  { value: 'none', label: '不涉及', icon: CircleMinus },
] as const

export const WAYS = [
  { value: 'at_once', label: '当场改正' },
  { value: 'in_time', label: '限期整改' },
  { value: 'measure', label: '现场措施' },
  { value: 'transfer', label: '移交支队' },
] as const

export const LEVELS: readonly number[] = [
  5, 6, 4, 5, 8, 2, 2, 8, 3, 2, 11, 10, 16, 16, 18, 12, 14, 21, 21, 26, 26, 18,
].map((level) => level / 28)

export const PAST: readonly TimelineEntry[] = [
  { id: '1', time: '09:54', title: '扫码入企，企业码为真', note: '离线核对', icon: ScanLine, tone: 'good' },
  { id: '2', time: '09:55', title: '开始录音', note: '李㛃的手机', icon: Mic },
  { id: '3', time: '09:57', title: '出示证件、告知权利', icon: IdCard, tone: 'good' },
  { id: '4', time: '10:21', title: '录音中断 38 秒', note: '来电，自动恢复', icon: PhoneOff, tone: 'gap' },
  { id: '5', time: '10:41', title: '问题 2 报警器 GT-204 被关闭', icon: MessageSquareWarning },
  { id: '6', time: '11:31', title: '签发 责令限期整改指令书 37号', icon: Stamp, tone: 'good' },
]

export const VERSIONS = [
  {
    id: 'mine',
    title: '你写的',
    origin: '李㛃 · 今天 10:43 · 本机',
    text: '限期整改，9月28日（周一）前改完',
    more: '建议：立即恢复报警；查明误报原因并检定；停用先办审批。',
    effect: '复查任务定在 9月29日（周二）',
  },
  {
    id: 'theirs',
    title: '努尔兰·哈森写的',
    origin: '今天 10:51 · 对方手机',
    text: '限期整改，9月21日（周一）前改完',
    more: '建议：立即恢复报警；更换传感器；停用先办审批。',
    effect: '复查任务定在 9月22日（周二）',
  },
] as const

export const LACKS = [
  { id: '1', lead: '问题 2 没写', object: '整改措施建议', verb: '去写' },
  { id: '2', lead: '还没做', object: '普法提示', verb: '去做' },
  { id: '3', lead: '还没和企业', object: '交换意见', verb: '稍后' },
  { id: '4', lead: '还没补', object: '扫码', verb: '去扫' },
] as const

/** A picture drawn here, so that none need be shipped. */
export function picture(): string {
  const canvas = document.createElement('canvas')
  canvas.width = 240
  canvas.height = 160
  const pen = canvas.getContext('2d')
  if (!pen) return ''
  const shapes: readonly (readonly [string, number, number, number, number])[] = [
    ['#a9c3d4', 0, 0, 240, 160],
    ['#8b8f88', 0, 138, 240, 22],
    ['#b9c2c4', 116, 40, 108, 98],
    ['#3d5a80', 30, 38, 36, 34],
    ['#6d7574', 44, 72, 8, 66],
  ]
  for (const [colour, x, y, width, height] of shapes) {
    pen.fillStyle = colour
    pen.fillRect(x, y, width, height)
  }
  return canvas.toDataURL('image/png')
}

/** A one-page PDF with an empty sheet. */
export const SHEET = new Blob(
  [
    '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n',
    '2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n',
    '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>endobj\n',
    '4 0 obj<</Length 34>>stream\n100 700 395 2 re f 100 650 200 2 re\nendstream endobj\n',
    'trailer<</Root 1 0 R>>\n',
  ],
  { type: 'application/pdf' },
)
