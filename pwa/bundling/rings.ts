import type { Plugin } from 'vite'

/** Those of the files that wait for each other; `imports` are what each waits for. */
export function ringOf(imports: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const left = new Map(imports)
  for (;;) {
    const free = [...left].filter(([, needs]) => needs.every((each) => !left.has(each)))
    if (free.length === 0) return [...left.keys()]
    for (const [name] of free) left.delete(name)
  }
}

/**
 * Two files that import each other begin in the wrong order, and the page stays white: such a site
 * is not built.
 */
export function noRings(): Plugin {
  return {
    name: 'no-rings',
    apply: 'build',
    generateBundle(_, bundle) {
      const files = Object.values(bundle).flatMap((file) => (file.type === 'chunk' ? [file] : []))
      const ring = ringOf(new Map(files.map(({ fileName, imports }) => [fileName, imports])))
      if (ring.length > 0) this.error(`files that wait for each other: ${ring.join(', ')}`)
    },
  }
}
