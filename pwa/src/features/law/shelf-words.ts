/** 法规 on 我的: how many laws the library names, and of how many the text lies on this phone. */

import type { PackValue } from '@contract/records'

type Rows = ReadonlyMap<string, PackValue>

/** Counted by the ids alone: cutting every text would take longer than opening the screen. */
export function shelfWords(packs: Rows, texts: Rows): string {
  const listed = JSON.parse(packs.get('table.law')?.json ?? '[]') as readonly { id: string }[]
  const here = new Set([...texts.keys()].map((id) => id.split('@')[0] ?? ''))
  const all = new Set([...listed.map(({ id }) => id), ...here]).size
  if (all === 0) return '法规库还是空的'
  if (here.size === 0) return `${all} 部法规的目录，原文都不在本机`
  const which = here.size === all ? `全部 ${all} 部` : `${all} 部法规，${here.size} 部`
  return `${which}原文在本机，没有网络也能查`
}
