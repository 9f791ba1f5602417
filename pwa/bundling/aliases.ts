import { fileURLToPath } from 'node:url'

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** The short names of our own folders, as tsconfig.json has them. */
export const ALIASES = [
  { find: /^@\//, replacement: at('../src/') },
  { find: /^@sync$/, replacement: at('../../sync/client/src/index.ts') },
  { find: /^@contract\//, replacement: at('../../sync/contract/') },
]
