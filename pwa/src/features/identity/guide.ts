/** 引导: one sentence at each step of the first visit, said once. By the names of the screens. */

export interface Guided {
  readonly seen: readonly string[]
  readonly off: boolean
}

export const UNGUIDED: Guided = { seen: [], off: false }

const SENTENCES: Readonly<Record<string, string>> = {
  'field.enterprise': '先看今年查过几次、还有什么没整改，人齐了再进门。',
  'field.scan': '对准企业码就行。扫不出来也能继续，选个原因，离场前补扫。',
  'visit.arrive': '一步一步来，做完一步按一下，时间会自动记下。',
  'visit.home': '黄框里说的是还没做的事，点一行就到那里。',
  'visit.check': '查一项答一项，答错了马上能撤销。',
  'visit.finding': '边写边存在本机，中途走开、关机都不丢。',
  'doc.list': '从上往下办，先办检查记录。',
  'doc.preview': '先定稿，再签名，最后按住一秒。没签发之前都能改。',
}

/** What is said on this screen; empty where nothing is, or it was said before. */
export function sentenceAt(screen: string, { seen, off }: Guided): string {
  return off || seen.includes(screen) ? '' : (SENTENCES[screen] ?? '')
}

export function said(guided: Guided, screen: string): Guided {
  return { ...guided, seen: [...new Set([...guided.seen, screen])] }
}
