/** What officers write at a recheck. Instants are UTC ms. */

import type { RecheckedItem } from '@contract/records'

import { ask, type Asked } from '@/adapters/asking'
import type { Http } from '@/adapters/http'
import type { ExtensionBody } from '@/generated/http'
import type { Store } from '@/store/types'

import type { ItemResult } from './model'

export interface Said {
  readonly result: ItemResult
  readonly words: string
}

/** A recheck while it is done: kept on this phone, a record only when it is whole. */
export interface RecheckForm {
  /** 0 before the first act. */
  readonly started: number
  readonly officers: readonly string[]
  /** By finding. */
  readonly answers: Readonly<Record<string, Said>>
}

export interface Rechecked {
  readonly order: string
  readonly started: number
  readonly ended: number
  readonly officers: readonly string[]
  readonly items: readonly RecheckedItem[]
}

/** 复查 with its own start and end (S0-5b); resolves with its id. */
export async function recordRecheck(
  store: Store,
  dossier: string,
  { order, started, ended, officers, items }: Rechecked,
): Promise<string> {
  const fields = { order, started, ended, officers: [...officers], items: [...items] }
  const [id = ''] = await store.append([{ dossier, entity: 'recheck', fields }])
  return id
}

/** 同意或不同意延期, by the section head; refused with the server's own sentence. */
export function answerExtension(
  http: Http,
  dossier: string,
  extension: string,
  body: ExtensionBody,
): Promise<Asked<null>> {
  const path = [dossier, 'extensions', extension].map(encodeURIComponent).join('/')
  return ask(http, 'POST', `/api/v1/dossiers/${path}`, body)
}
