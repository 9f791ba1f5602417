/**
 * 救生包: what was not sent, as one file that only the server can open. It needs no PIN, so the work
 * of a phone that is broken, locked or revoked can be handed in unread; its author has signed it.
 *
 * Lines of JSON, bytes as base64url without padding. For each enrolment of this profile:
 * `{lifeboat: "anxun/lifeboat/1", device, timeline, runs: [{epoch, n, hash, acked}]}`
 * `{key: "own" | "evidence/<record>", device, server_key, enc, sealed}` – HPKE, info
 *   `anxun/lifeboat/1`; inside, 32 bytes of an AES-256 key, then `key/<device>/<key>` in UTF-8.
 * `{device, epoch, n, sealed}` – nonce (12 bytes) and AES-256-GCM under the key `own`, additional
 *   data `anxun/own/<device>/<epoch>/<n>`; inside, JSON `{epoch, n, id, time, dossier, entity,
 *   record, body, hash, signature}`: the exact `body`, the `signature` of a run that ends here.
 */

import type { DeviceRow, OwnRow, PhoneDatabase } from './database'
import { OWN_KEY } from './enrolments'
import type { DataKeyRow } from './keys'
import { HANDING_INFO, toBase64url } from './sealing'

export const LIFEBOAT_TYPE = 'application/x-ndjson'

export async function lifeboatOf(database: PhoneDatabase): Promise<Blob> {
  const lines = await database.run('readonly', ['device', 'key', 'own'], async (tables) => {
    const packed: object[] = []
    for (const state of await tables.device.under([])) {
      const { device } = state
      const own = await tables.own.where('open', [device, 1])
      const keys = (await tables.key.under([device])).filter(({ name }) => guardsWork(name))
      packed.push(headLine(state), ...keys.map(keyLine), ...own.map(ownLine))
    }
    return packed
  })
  return new Blob([lines.map((line) => `${JSON.stringify(line)}\n`).join('')], {
    type: LIFEBOAT_TYPE,
  })
}

/** How many changesets a lifeboat made now would save. */
export async function unsentOn(database: PhoneDatabase): Promise<number> {
  const devices = await database.run('readonly', ['device'], ({ device }) => device.under([]))
  const runs = devices.flatMap(({ runs: own }) => own)
  return runs.reduce((sum, { n, acked }) => sum + n - acked, 0)
}

/** Keys of dossiers guard only what the server has. */
function guardsWork(name: string): boolean {
  return name === OWN_KEY || name.startsWith('evidence/')
}

function headLine({ device, timeline, runs }: DeviceRow): object {
  return { lifeboat: HANDING_INFO, device, timeline, runs }
}

function keyLine({ device, name, server }: DataKeyRow): object {
  const [enc, sealed] = [toBase64url(server.enc), toBase64url(server.sealed)]
  return { key: name, device, server_key: server.key, enc, sealed }
}

function ownLine({ device, epoch, n, sealed }: OwnRow): object {
  return { device, epoch, n, sealed: toBase64url(sealed) }
}
