// Builds the bench page alone; `--outDir` is given by the tests.
export default {
  root: import.meta.dirname,
  build: { target: 'es2022', modulePreload: { polyfill: false }, emptyOutDir: true },
  worker: { format: 'es' },
  logLevel: 'warn',
}
