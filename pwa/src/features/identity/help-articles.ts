/** 帮助: what an officer asks in the field, in a few steps each. Loaded with its page only. */

export interface Article {
  readonly id: string
  readonly title: string
  /** Other words somebody may look for. */
  readonly also: string
  readonly steps: readonly string[]
}

export const ARTICLES: readonly Article[] = [
  {
    id: 'scan',
    title: '企业码扫不出来',
    also: '二维码 扫码 没有码 码坏了',
    steps: [
      '擦一下镜头，把码放进框里；暗处按“手电筒”。',
      '还不行，按“输代码/拍执照”，输营业执照上的 18 位代码。',
      '没有码或码坏了，按“扫不了”选原因，检查照常开始。离场前要补扫。',
    ],
  },
  {
    id: 'pin',
    title: 'PIN 忘了',
    also: '密码 打不开 锁屏 解锁',
    steps: [
      'PIN 只在你心里，管理员也查不到。连错 5 次，要等 15 分钟再试；再连错 5 次，等的时间加倍。',
      '有网时，在锁屏按“换人登录，或 PIN 忘了”，用账号和密码登录，设一个新 PIN。',
      '已在服务器的资料会重新下来。原来没上传的还加密存在这台手机里，不要清浏览器数据，先找信息员。',
    ],
  },
  {
    id: 'recording',
    title: '录音停了',
    also: '中断 来电 电话 没声音 断了',
    steps: [
      '停之前录的都在，一秒一秒存在本机。',
      '来电话、别的应用占了话筒、手机没电，录音会停。按“接着录”或“继续检查”就续上。',
      '中间缺的一段会自动写明从几点到几点，不用你补写。',
      '录音时不要从后台划掉安巡，锁屏没有关系。',
    ],
  },
  {
    id: 'number',
    title: '文号用完了',
    also: '取文号 定稿 补号 编号',
    steps: [
      '内容已存本机，不用重写。',
      '连一下网，新的文号会自动补到手机，再按“定稿，取文号”。',
      '连不上网，先让对方看内容、先拍照；回到有网的地方再签发送达。',
    ],
  },
  {
    id: 'conflict',
    title: '出现“两份待选”',
    also: '冲突 同事改了 不一样',
    steps: [
      '你和同事没联网时改了同一处，两份都留着，没有丢。',
      '打开看两份的不同，选一份，或者“合起来改一份”。',
      '没选定之前，用到这一处的文书不能定稿。选错了还可以再改。',
    ],
  },
  {
    id: 'printer',
    title: '打印机不出纸',
    also: '打印 PDF 蓝牙 纸',
    steps: [
      '文书签发了就有效，不靠打印。',
      '看打印机有没有开、有没有纸、和手机连没连上，再按一次打印。',
      '还不行，按“存 PDF，回局打”，把文件发到能打印的电脑。',
      '纸没打好就如实答“没打好”，要打的份数会留着。',
    ],
  },
  {
    id: 'lost',
    title: '手机丢了',
    also: '被偷 停用 换手机',
    steps: [
      '马上告诉科长和信息员，停用这台手机的登记。',
      '手机里的资料是加密的，没有 PIN 打不开。',
      '已在服务器的都在。换一台手机登录，资料会下来。',
      '只在那台手机、还没上传的，找回手机才有。所以有网就让它传完。',
    ],
  },
  {
    id: 'server',
    title: '“已在服务器”是什么意思',
    also: '只在本机 正在上传 保存 提交 数据在哪',
    steps: [
      '只在本机：写在这台手机上，关机、没电都在，手机丢了就没了。',
      '正在上传：正往服务器送。',
      '已在服务器：服务器收全了，核对过，签了收据。手机丢了也不丢。',
      '点屏幕上方的一行字，可以看每一项在哪里。',
    ],
  },
  {
    id: 'photo',
    title: '怎么拍手签的纸页',
    also: '拍照 签字 扫描 盖章 纸质',
    steps: [
      '纸放平，四个角都拍进来，一页一张。',
      '光从旁边来，手和手机不要挡出影子；反光就换个角度。',
      '拍完放大看一眼：名字、日期看得清才算。看不清就再拍一张，前一张不用删。',
      '用安巡里的“拍照”拍。从相册拿进来的会标明是导入的。',
    ],
  },
  {
    id: 'refuse',
    title: '对方不肯签字',
    also: '拒签 见证人 留置',
    steps: [
      '在签名那一步按“拒签”，写清谁、为什么。',
      '请见证人签名；没有见证人，把文书留在现场并拍下来。',
      '告诉对方：拒签不影响文书效力。',
    ],
  },
  {
    id: 'void',
    title: '签发后发现写错了',
    also: '作废 改错 重开',
    steps: [
      '签发的文书不能改，只能作废重开，原来的文号不再用。',
      '打开那份文书，按“作废”，写明原因；改好内容，再定稿、签名、签发。',
      '已经给了对方的那一份要收回，或者在送达新的一份时说清楚。',
    ],
  },
  {
    id: 'held',
    title: '出现“待受理”',
    also: '服务器没收 退回 证件停用',
    steps: [
      '服务器收到了，但有一条没法直接算数，比如证件号已停用。内容没有丢。',
      '请科长在电脑的“待选”页里受理，或者写明为什么不收。',
    ],
  },
  {
    id: 'offline',
    title: '一天都没有网',
    also: '断网 离线 山里 没信号',
    steps: [
      '早上有网时打开一次安巡，等今日写着“资料已备好”。',
      '没网照样检查、拍照、录音、签发文书，都存在本机。',
      '在“数据在哪”看离线授权还有几天、文号还有几个。到期只是看不了，资料不会丢。',
      '回到有网的地方打开安巡，它会自己传完。',
    ],
  },
  {
    id: 'room',
    title: '手机空间满了',
    also: '存不下 内存 清理 腾空间',
    steps: [
      '之前录的、写的都在。',
      '在“数据在哪”按“腾空间”：只清服务器已签收的，没签收的一项也不动。',
      '还不够，删手机里别的照片和应用。不要清浏览器数据。',
    ],
  },
  {
    id: 'lifeboat',
    title: '手机坏了一半，传不上去',
    also: '救生包 导出 加密包 上传失败',
    steps: [
      '在“数据在哪”最下面按“导出到电脑”，把加密包交给信息员。',
      '包只有本单位的服务器能打开，路上丢了别人也看不了。',
    ],
  },
  {
    id: 'two',
    title: '两个人用一台手机',
    also: '换人 同事 借手机',
    steps: [
      '每人登记一次，各设各的 PIN，互相看不到对方的资料。',
      '用完按“锁定”，同事在锁屏上选自己的名字。',
    ],
  },
  {
    id: 'practice',
    title: '想先练一遍',
    also: '练习 培训 新手 教学',
    steps: [
      '有 PIN 之后，在“我的”按“练习一次检查”。企业是虚构的，步骤是真的。',
      '练习的文书每页都印着“练习”，不占文号。',
      '练习的内容不上传，退出后清掉。',
    ],
  },
]

/** Articles that hold every word looked for, those with it in the title first. */
export function findArticles(text: string): readonly Article[] {
  const words = text.trim().split(/\s+/).filter(Boolean)
  const holds = (where: string): boolean => words.every((word) => where.includes(word))
  const all = ({ title, also, steps }: Article): string => [title, also, ...steps].join('\n')
  const named = ARTICLES.filter(({ title, also }) => holds(`${title} ${also}`))
  return [...named, ...ARTICLES.filter((each) => !named.includes(each) && holds(all(each)))]
}
