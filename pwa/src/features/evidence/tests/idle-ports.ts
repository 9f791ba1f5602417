/** Ports of the evidence service that no test of it has to do with: nothing happens by itself. */

import type { EvidencePorts } from '../service/ports'

type Idle =
  | 'timer'
  | 'signal'
  | 'openCamera'
  | 'locate'
  | 'preview'
  | 'newName'
  | 'metered'
  | 'sending'
  | 'freeAfter'
  | 'onTrouble'

/** `prefix`: what the names given in this page begin with. */
export function idlePorts(prefix: string): Pick<EvidencePorts, Idle> {
  let names = 0
  return {
    timer: () => () => undefined,
    signal: { present: () => true, onHint: () => () => undefined },
    openCamera: async () => ({ ok: false, error: { code: 'no_device' } }),
    locate: async () => ({ ok: false, error: { code: 'unsupported' } }),
    preview: async (original) => ({ ok: true, value: original }),
    newName: () => `${prefix}${(names += 1)}`,
    metered: () => false,
    sending: {
      endpoint: '/uploads',
      chunkBytes: 1,
      retryDelays: [],
      requestTimeoutMs: 1,
      againAfter: 1,
    },
    freeAfter: 0,
    onTrouble: (error) => {
      throw error
    },
  }
}
