/** The receipt of a file whose dossier is not here to bring it: the server tells its author. */

import { isHonoured, receiptText } from '../rules'
import type { LocalFile } from './files'
import type { EvidencePorts } from './ports'

/** When it was received (UTC ms); null where there is no receipt yet, or none that verifies. */
export async function claimed(ports: EvidencePorts, file: LocalFile): Promise<number | null> {
  const told = await ports.askState(file.record)
  if (told === null || told.signature === '') return null
  const { key, received, signature } = told
  const { record: evidence, sha256, bytes } = file
  const text = receiptText(file.dossier, { evidence, sha256, bytes, received, key, signature })
  const signer = signerOf(ports, key, received)
  return signer !== null && (await ports.verify(signer, text, signature)) ? received : null
}

/** Without the register, as after the end of the enrolment, the key that was told at its beginning. */
function signerOf({ store }: EvidencePorts, name: string, received: number): string | null {
  const key = store.register('keys', 'server_key').rows.get(name)
  if (key === undefined) {
    const told = store.signKey()
    return told?.key === name ? told.public : null
  }
  return key.use === 'sign' && isHonoured(key.withdrawn_on, received) ? key.public : null
}
