/**
 * What goes to the server: the files of the dossiers on this phone, and those whose dossier has gone
 * from it, as the enrolment has ended, or the grant. Their facts are at the server and ask for them.
 */

import { deviceOf } from '../rules'
import type { Files, LocalFile } from './files'
import { type LeftParts, ownAmong, strangers } from './left'
import { unlessLocked } from './locked'

export interface Outgoing extends Files {
  /** Looks for files without a dossier, once an opening; true where there are any. */
  seek(): Promise<boolean>
}

export function outgoingOf(parts: LeftParts): Outgoing {
  const { files, ports: { store } } = parts
  let stranded: readonly LocalFile[] = []
  let sought = ''

  /** Behind the lock they are still his who was here last. */
  const isOwn = (record: string): boolean => {
    const device = store.person()?.device
    return device === undefined || deviceOf(record) === device
  }

  const others = (): readonly LocalFile[] =>
    stranded.filter(({ record }) => isOwn(record) && files.get(record) === undefined)

  /** Else it is one that this page or another is just entering. */
  const isGone = ({ dossier, record }: LocalFile): boolean =>
    store.record(dossier, 'evidence', record) === null

  const find = async (): Promise<void> => {
    const opening = `${store.person()?.device} ${store.gate()}`
    if (opening === sought) return
    const own = await ownAmong(parts, await strangers(parts))
    stranded = own.flatMap(({ entered }) => (entered !== null && isGone(entered) ? entered : []))
    sought = opening
  }

  return {
    all: () => [...files.all(), ...others()],
    get: (record) => files.get(record) ?? others().find((file) => file.record === record),
    load: () => files.load(),
    async seek() {
      if (store.person() !== null) await find().catch(unlessLocked)
      return others().length > 0
    },
    async link(record, link) {
      stranded = stranded.map((file) => (file.record === record ? { ...file, ...link } : file))
      await files.link(record, link)
    },
  }
}
