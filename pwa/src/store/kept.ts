/** Small sealed values under names of the app; even the name lies only as a digest. */

import { hex } from '@/adapters/random'

import type { Opened } from './memory'
import { sealJson, unsealJson, utf8 } from './sealing'

export async function keep(opened: Opened, name: string, value: unknown): Promise<void> {
  const { device, ciphers, identity, database } = opened
  const digest = await nameDigest(opened, name)
  const sealed = await sealJson(ciphers, identity.master, `kept/${device}/${digest}`, value)
  await database.run('readwrite', ['kept'], ({ kept }) =>
    kept.put({ device, name: digest, sealed }),
  )
}

/** Undefined where nothing was kept. */
export async function kept(opened: Opened, name: string): Promise<unknown> {
  const { device, ciphers, identity, database } = opened
  const digest = await nameDigest(opened, name)
  const row = await database.run('readonly', ['kept'], (tables) =>
    tables.kept.get([device, digest]),
  )
  if (row === undefined) return undefined
  return unsealJson(ciphers, identity.master, `kept/${device}/${digest}`, row.sealed)
}

async function nameDigest({ ciphers, device }: Opened, name: string): Promise<string> {
  const digest = await ciphers.subtle.digest('SHA-256', utf8(`${device}/${name}`))
  return hex(new Uint8Array(digest))
}
