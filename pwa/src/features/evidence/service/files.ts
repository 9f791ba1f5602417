/**
 * Which evidence record lies in which file of this phone. The link is kept sealed in the store;
 * here it is in memory, with the keys, so that sending goes on behind the lock.
 */

import type { Shown } from '@/store'

import type { Author, Whose } from '../author'
import { deviceOf } from '../rules'
import type { EvidencePorts } from './ports'

/** Kept under `evidence/file/<record>`. */
export interface Link {
  readonly dossier: string
  /** Its name in the evidence folder, and that of its data key. */
  readonly file: string
  readonly key: string
  /** Where its upload was begun. */
  readonly url: string
  /** Given back after the receipt; the server has it. */
  readonly freed: boolean
}

export interface LocalFile extends Link {
  readonly record: string
  readonly dataKey: CryptoKey
  readonly kind: string
  readonly type: string
  readonly bytes: number
  readonly sha256: string
  readonly captured: number
}

/** A colleague's files are known as long as the page lives, and seen by himself alone. */
export interface Files {
  all(): readonly LocalFile[]
  get(record: string): LocalFile | undefined
  /** Reads the links of everything this officer captured here. */
  load(): Promise<void>
  link(record: string, link: Link): Promise<void>
}

export function filesOf({ store }: EvidencePorts, whose: Whose): Files {
  const known = new Map<string, LocalFile>()
  const isOwn = (record: string): boolean => deviceOf(record) === whose().device

  const take = async (author: Author, evidence: Shown<'evidence'>, link: Link): Promise<void> => {
    const dataKey = await author.dataKey(link.key)
    if (dataKey === null) return
    const { kind = '', type = '', bytes = 0, sha256 = '', captured = 0 } = evidence.values
    const facts = { kind, type, bytes, sha256, captured }
    known.set(evidence.id, { record: evidence.id, dataKey, ...facts, ...link })
  }

  const read = async (author: Author, evidence: Shown<'evidence'>): Promise<void> => {
    if (known.has(evidence.id)) return
    const link = (await author.kept(linkName(evidence.id))) as Link | undefined
    if (link !== undefined) await take(author, evidence, link)
  }

  return {
    all: () => [...known.values()].filter(({ record }) => isOwn(record)),
    get: (record) => (isOwn(record) ? known.get(record) : undefined),
    async load() {
      const author = whose()
      for (const dossier of store.dossiers()) {
        const own = author.records(dossier, 'evidence').filter(({ id }) => isOwn(id))
        for (const evidence of own) await read(author, evidence)
      }
    },
    async link(record, link) {
      const file = known.get(record)
      if (file !== undefined) known.set(record, { ...file, ...link })
      // Behind the lock only memory learns it; the server is asked again another day.
      const author = whose()
      if (!isOwn(record) || !author.isHere()) return
      await author.keep(linkName(record), link)
      const evidence = store.record(link.dossier, 'evidence', record)
      if (evidence !== null) await take(author, evidence, link)
    },
  }
}

export function linkName(record: string): string {
  return `evidence/file/${record}`
}
