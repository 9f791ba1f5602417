/**
 * Few files: on a weak signal each costs a turn and a kilobyte of headers, offline a look-up in the
 * cache. The framework is one file, our parts with their icons another (they import nothing above
 * them), what the app needs to begin a third; modules that the same screens share are one more each.
 * Nothing is merged further: merged by size, files came to wait for each other.
 */

interface Named {
  readonly name?: string
  readonly names?: readonly string[]
}

export const FEW_FILES = {
  codeSplitting: {
    groups: [
      { name: 'vue', test: /node_modules\/(@?vue|vue-router)\//, priority: 3 },
      { name: 'parts', test: /\/src\/ui\/|@lucide/, priority: 2 },
      { name: 'first', tags: ['$initial' as const], priority: 1 },
      { name: 'shared', minShareCount: 2, entriesAware: true },
    ],
  },
  chunkFileNames: (chunk: Named) => `assets/${short(chunk.name)}-[hash].js`,
  assetFileNames: (asset: Named) => `assets/${short(asset.names?.[0])}-[hash][extname]`,
}

/** The bundler names a shared file after everybody who shares it. */
function short(name = 'asset'): string {
  return name.startsWith('shared') ? 'shared' : name.replace(/\.[^.]+$/, '')
}
