/**
 * Which evidence record lies in which file of this phone. The link is kept sealed in the store;
 * here it is in memory, with the keys, so that sending goes on behind the lock.
 */

import type { Shown } from '@/store'

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

export interface Files {
  all(): readonly LocalFile[]
  get(record: string): LocalFile | undefined
  /** Reads the links of everything this officer captured here. */
  load(): Promise<void>
  link(record: string, link: Link): Promise<void>
}

export function filesOf({ store }: EvidencePorts): Files {
  const known = new Map<string, LocalFile>()

  const take = async (evidence: Shown<'evidence'>, link: Link): Promise<void> => {
    const dataKey = await store.dataKey(link.key)
    if (dataKey === null) return
    const { kind = '', type = '', bytes = 0, sha256 = '', captured = 0 } = evidence.values
    const facts = { kind, type, bytes, sha256, captured }
    known.set(evidence.id, { record: evidence.id, dataKey, ...facts, ...link })
  }

  const read = async (evidence: Shown<'evidence'>): Promise<void> => {
    if (known.has(evidence.id)) return
    const link = (await store.kept(linkName(evidence.id))) as Link | undefined
    if (link !== undefined) await take(evidence, link)
  }

  return {
    all: () => [...known.values()],
    get: (record) => known.get(record),
    async load() {
      const device = store.person()?.device
      for (const dossier of store.dossiers()) {
        const own = store.records(dossier, 'evidence').filter((each) => each.device === device)
        for (const evidence of own) await read(evidence)
      }
    },
    async link(record, link) {
      const file = known.get(record)
      if (file !== undefined) known.set(record, { ...file, ...link })
      // Behind the lock only memory learns it; the server is asked again another day.
      if (store.person() === null) return
      await store.keep(linkName(record), link)
      const evidence = store.record(link.dossier, 'evidence', record)
      if (evidence !== null) await take(evidence, link)
    },
  }
}

function linkName(record: string): string {
  return `evidence/file/${record}`
}
