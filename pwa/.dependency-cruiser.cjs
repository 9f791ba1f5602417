/**
 * The import law of architecture.md 2 as lint. Run from `pwa/` over `src` and `../sync/client/src`,
 * or from the root over `pwa/src` and `sync/client/src`; paths are matched from either.
 * `tests/architecture` must check that no fewer modules are cruised than there are files: with a
 * TypeScript it does not know, dependency-cruiser finds nothing and reports no violation.
 */
const path = require('node:path')

const PWA = '(^|/)src/'
const SYNC = '(^|/)sync/'
const LOW = '(^|/)src/(store|adapters|ui|generated)/'
const TESTS = '\\.test\\.ts$'

/** @param {string} name @param {string} comment @param {object} from @param {object} to */
const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

module.exports = {
  forbidden: [
    forbid('no-circular', 'A circle means that two files are one.', {}, { circular: true }),
    forbid(
      'feature-doors',
      'Another feature is entered only through its public.ts.',
      { path: '(^|/)src/features/([^/]+)/' },
      {
        path: '(^|/)src/features/',
        pathNot: ['src/features/$2/', 'src/features/[^/]+/public\\.ts$'],
      },
    ),
    forbid(
      'features-not-up',
      'The app is known by nobody; a worker is started by its URL, never imported.',
      { path: '(^|/)src/(features|store|adapters|ui|generated)/' },
      { path: '(^|/)src/(app|workers)/' },
    ),
    forbid('store-not-up', 'What lies below a feature does not know it.', { path: LOW }, {
      path: '(^|/)src/features/',
    }),
    forbid('ui-is-dumb', 'A part knows other parts and packages, nothing of ours.', {
      path: '(^|/)src/ui/',
    }, { path: `(${PWA}(?!ui/)|${SYNC})` }),
    forbid(
      'rules-are-pure',
      'Rules and models know generated types, rules and models.',
      { path: '(^|/)src/features/.*/(rules|model)(\\.ts|/)', pathNot: TESTS },
      { pathNot: ['(^|/)src/generated/', '(^|/)sync/contract/', '/(rules|model|public)(\\.ts|/)'] },
    ),
    forbid('sync-knows-nobody', 'The protocol stands alone.', { path: '(^|/)sync/client/src/' }, {
      path: '(^|/)(pwa/)?src/(app|features|store|adapters|ui|workers|generated)/',
    }),
    forbid('sync-by-its-index', 'The protocol has one door.', { path: PWA, pathNot: SYNC }, {
      path: '(^|/)sync/client/src/',
      pathNot: '(^|/)sync/client/src/index\\.ts$',
    }),
    forbid(
      'only-store-speaks-sync',
      'Screens and rules speak to the store.',
      { path: PWA, pathNot: [SYNC, '(^|/)src/(store|workers)/'] },
      { path: '(^|/)sync/client/' },
    ),
    forbid(
      'only-adapters-touch-the-browser',
      'idb, the print engine and uploads have one door each.',
      { path: PWA, pathNot: ['(^|/)src/(adapters|workers)/', TESTS] },
      { path: 'node_modules/(idb|pyodide|tus-js-client)/' },
    ),
    forbid(
      'icons-by-one-door',
      'Icons are named in ui/icons.ts only.',
      { path: PWA, pathNot: '(^|/)src/ui/icons\\.ts$' },
      { path: 'node_modules/@lucide/' },
    ),
    forbid('no-dumps', 'Name the file after what it knows.', {}, {
      path: '/(utils|helpers|common|misc|shared)(\\.[jt]s|\\.vue|/)',
      pathNot: 'node_modules',
    }),
    forbid('no-unresolved', 'Every import leads somewhere.', {}, {
      couldNotResolve: true,
      pathNot: '\\?(url|raw|worker)$',
    }),
  ],
  options: {
    tsConfig: { fileName: path.join(__dirname, 'tsconfig.json') },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'browser', 'types', 'default'],
      extensions: ['.ts', '.vue', '.mjs', '.js', '.json'],
    },
  },
}
