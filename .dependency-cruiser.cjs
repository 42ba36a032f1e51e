// The dependency rule of ARCHITECTURE.md, section 3. It has no exceptions: a file that needs one is in the wrong folder.

/** What each layer may import besides itself. A layer that is not a key here may not exist under src/. */
const mayImport = {
  model: [],
  language: ['model'],
  formats: ['model', 'language'],
  store: ['model', 'language'],
  estate: ['model', 'language'],
  analysis: ['model', 'language'],
  desk: ['model', 'language'],
  outbound: ['model', 'language'],
  gateway: ['formats', 'model', 'language'],
  sources: ['outbound', 'model', 'language'],
  reports: ['estate', 'desk', 'model', 'language'],
  // Proves what the others wrote: what is wrong with them must not be wrong with it.
  verifier: [],
  operations: ['gateway', 'sources', 'reports', 'formats', 'store', 'estate', 'analysis', 'desk', 'outbound', 'verifier', 'model', 'language'],
  server: ['operations', 'estate', 'desk', 'model', 'language', 'store/queries'],
  worker: ['operations', 'estate', 'desk', 'model', 'language', 'store/queries'],
  // The commands `serve` and `work` start the other two doors.
  cli: ['operations', 'estate', 'desk', 'model', 'language', 'store/queries', 'server', 'worker', 'verifier'],
};

const pure = '^src/(model|language|formats|estate|analysis|desk)/';
/** Tests, and beside them what only tests use: `test-office.ts`. */
const tests = '([.]test[.]tsx?|/test-[^/]+[.]ts)$';
const mains = [
  '^src/(cli|server|worker|gateway|verifier)/main[.]ts$',
  // Started as processes of their own, by path.
  '^src/gateway/(child|parsers)[.]ts$',
  '^src/worker/uploads[.]ts$',
  '^web/main[.]tsx$',
  // Named by vite.config.ts; every element of the web is made by them.
  '^web/elements/jsx-(dev-)?runtime[.]ts$',
  '^(test|bench|tools|bin)/',
  '^[^/]+[.]config[.]ts$',
];

const layers = Object.entries(mayImport).map(([layer, others]) => ({
  name: `layer-${layer}`,
  severity: 'error',
  comment:
    others.length === 0
      ? `${layer} imports nothing of ours.`
      : `${layer} may import ${others.join(', ')} only. Move what you need down, or the file that needs it up into operations.`,
  from: { path: `^src/${layer}/`, pathNot: mainOpensTheStore(layer) },
  to: { path: '^(src|web)/', pathNot: [layer, ...others].map((name) => `^src/${name}/`) },
}));

/** The three mains open the store, so that everything behind them gets it as a value. */
function mainOpensTheStore(layer) {
  return ['cli', 'server', 'worker'].includes(layer) ? [`^src/${layer}/main[.]ts$`] : [];
}

/** Files or folders beside each other that a newcomer adds one by one. */
const plugins = [
  'src/formats',
  'src/language/versions',
  'src/analysis/rules',
  'src/analysis/metrics',
  'src/reports',
  'src/worker/jobs',
  'src/desk/acts',
].map((folder) => ({
  name: `plugins-apart-${folder.split('/').at(-1)}`,
  severity: 'error',
  comment: `Two files of ${folder} never import each other: what a family shares lies in ${folder}/shared/.`,
  from: { path: `^${folder}/(?!all[.]ts)([^/.]+)[.]`, pathNot: tests },
  to: { path: `^${folder}/[^/]+[.]ts$`, pathNot: [`^${folder}/$1[.]ts$`, `^${folder}/all[.]ts$`] },
}));

module.exports = {
  forbidden: [
    ...layers,
    ...plugins,
    {
      name: 'known-layer',
      severity: 'error',
      comment: `src/ has the folders ${Object.keys(mayImport).join(', ')}. A new one needs a decision in docs/decisions/ and a line here.`,
      from: { path: '^src/', pathNot: Object.keys(mayImport).map((layer) => `^src/${layer}/`) },
      to: {},
    },
    {
      name: 'mains-stay-thin',
      severity: 'error',
      comment: 'A main opens the store and hands it on; everything else it does through operations.',
      from: { path: '^src/(cli|server|worker)/main[.]ts$' },
      to: { path: '^src/', pathNot: ['^src/(cli|server|worker|operations|estate|model|language|store)/'] },
    },
    {
      name: 'plugins-apart-sources',
      severity: 'error',
      comment: 'Two golden sources never import each other: what they share lies in src/sources/shared/ or below.',
      from: { path: '^src/sources/([^/]+)/', pathNot: tests },
      to: { path: '^src/sources/[^/]+/', pathNot: ['^src/sources/$1/', '^src/sources/shared/'] },
    },
    {
      name: 'plugins-apart-pages',
      severity: 'error',
      comment: 'Two pages never import each other: what three pages use lies in web/parts/.',
      from: { path: '^web/pages/([^/]+)/', pathNot: tests },
      to: { path: '^web/pages/[^/]+/', pathNot: '^web/pages/$1/' },
    },
    {
      name: 'web-takes-types-of-the-server',
      severity: 'error',
      comment: 'The web may import types of src/server, nothing that runs there.',
      from: { path: '^web/', pathNot: tests },
      to: { path: '^src/server/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'web-layer',
      severity: 'error',
      comment: 'The web imports values of model and language and types of the server; it asks the API for the rest.',
      from: { path: '^web/' },
      to: { path: '^(src|tools|bench)/', pathNot: '^src/(server|model|language)/' },
    },
    {
      name: 'pure-layers',
      severity: 'error',
      comment:
        'This layer thinks: it takes values and returns values. Read files, sockets, processes and clocks in sources, store or operations and hand the result in.',
      from: { path: pure, pathNot: tests },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?(buffer|crypto|util|zlib|string_decoder|path/posix)$' },
    },
    {
      name: 'sql-in-store',
      severity: 'error',
      comment: 'SQL lies in src/store only: add a query in src/store/queries/. The verifier reads the ledger without the store on purpose.',
      from: { path: '^src/', pathNot: ['^src/(store|verifier)/', tests] },
      to: { path: 'node_modules/(pg|better-sqlite3|kysely)/' },
    },
    {
      name: 'git-runner-behind-sources',
      severity: 'error',
      comment: 'Git is run by src/sources/git; only operations use what it offers.',
      from: { path: '^src/', pathNot: '^src/(sources/git|operations)/' },
      to: { path: '^src/sources/git/' },
    },
    {
      name: 'product-without-tests',
      severity: 'error',
      comment: 'What is shipped never imports a test, a tool or a benchmark.',
      from: { path: '^(src|web)/', pathNot: tests },
      to: { path: [tests, '^(test|tools|bench)/'] },
    },
    {
      name: 'no-development-package',
      severity: 'error',
      comment: "What runs at a user's is a dependency, not a devDependency, and has a line in docs/decisions/0002-runtime-dependencies.md.",
      from: { path: '^src/', pathNot: tests },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'Two files that need each other are one thought: split it another way.',
      from: {},
      to: { circular: true },
    },
    { name: 'resolvable', severity: 'error', comment: 'This import leads nowhere.', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no-dead-files',
      severity: 'error',
      comment: 'Nothing that runs reaches this file (a test of its own does not count): use it or remove it.',
      from: { path: mains },
      to: { path: '^(src|web)/.*[.]tsx?$', pathNot: [...mains, tests, '[.]d[.]ts$'], reachable: false },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '/fixtures/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
