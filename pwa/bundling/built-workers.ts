import type { Plugin } from 'vite'

/**
 * A worker whose address the build does not recognise is put among the assets as it was written;
 * no browser starts it, and what it was for runs on the page's thread: such a site is not built.
 */
export function builtWorkers(): Plugin {
  return {
    name: 'built-workers',
    apply: 'build',
    generateBundle(_, bundle) {
      const raw = Object.keys(bundle).filter((name) => name.endsWith('.ts'))
      if (raw.length > 0) this.error(`source files among the assets: ${raw.join(', ')}`)
    },
  }
}
