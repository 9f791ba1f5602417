/**
 * Few files: on a weak signal each costs a turn and a kilobyte of headers, offline a look-up in the
 * cache. What the app needs to begin is one file; what several screens share is a handful.
 */

interface Named {
  readonly name?: string
  readonly names?: readonly string[]
}

/**
 * What every component calls while its file is read. In a shared file it may lie on a ring of
 * imports and not be there yet, and the app stays empty; in a file of its own it imports nothing.
 */
const CALLED_AT_ONCE = /plugin-vue:export-helper/

/** Bytes under which shared modules are put to their nearest neighbours. */
const TOO_SMALL = 24_576

export const FEW_FILES = {
  codeSplitting: {
    groups: [
      { name: 'first', tags: ['$initial' as const], priority: 1 },
      { name: 'component', test: CALLED_AT_ONCE, priority: 2 },
      { name: 'shared', minShareCount: 2, entriesAware: true, entriesAwareMergeThreshold: TOO_SMALL },
    ],
  },
  chunkFileNames: (chunk: Named) => `assets/${short(chunk.name)}-[hash].js`,
  assetFileNames: (asset: Named) => `assets/${short(asset.names?.[0])}-[hash][extname]`,
}

/** The bundler names a shared file after everybody who shares it. */
function short(name = 'asset'): string {
  return name.startsWith('shared') ? 'shared' : name.replace(/\.[^.]+$/, '')
}
