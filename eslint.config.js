// The rules that the compiler cannot see. What is allowed where follows ARCHITECTURE.md; a file is exempted here, with its reason, never by habit.
import js from '@eslint/js';
import hooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const childProcess = ['node:child_process', 'child_process', 'node:cluster', 'cluster'];
const network = [
  'node:http',
  'node:https',
  'node:http2',
  'node:net',
  'node:tls',
  'node:dgram',
  'http',
  'https',
  'http2',
  'net',
  'tls',
  'dgram',
  'undici',
];
const childProcessMessage = 'Processes are started in src/sources/git/run-git.ts and src/gateway only: call them.';
const networkMessage = 'The network is reached through src/outbound only, which keeps the allow-list, the limits and the credentials.';

const shape = [
  { selector: 'TSEnumDeclaration', message: 'Use a union of string literals: enums do not erase.' },
  { selector: 'ExportDefaultDeclaration', message: 'Export by name, so that a thing is called the same everywhere.' },
  { selector: 'ExportAllDeclaration', message: 'No barrels: import from the file that has it.' },
];
const html = [
  { selector: 'JSXAttribute[name.name="dangerouslySetInnerHTML"]', message: 'Text from outside is rendered as text: no HTML from strings.' },
  { selector: 'Property[key.name="dangerouslySetInnerHTML"]', message: 'Text from outside is rendered as text: no HTML from strings.' },
  {
    selector: 'AssignmentExpression[left.property.name=/^(innerHTML|outerHTML)$/]',
    message: 'Text from outside is rendered as text: no HTML from strings.',
  },
];
const input = [
  {
    selector: 'CallExpression[callee.object.name="JSON"][callee.property.name="parse"]',
    message: 'Input is read with #language/readers/json.ts, which has limits and never throws.',
  },
];
const impurity = [
  { selector: 'CallExpression[callee.object.name="Date"][callee.property.name="now"]', message: 'This layer is pure: take the time as a parameter.' },
  { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: 'This layer is pure: take the time as a parameter.' },
  { selector: 'CallExpression[callee.object.name="performance"]', message: 'This layer is pure: take the time as a parameter.' },
  {
    selector: 'CallExpression[callee.object.name="Math"][callee.property.name="random"]',
    message: 'This layer is pure: take randomness as a parameter.',
  },
  {
    selector: 'CallExpression[callee.property.name=/^random(Bytes|UUID|Int|FillSync)$/]',
    message: 'This layer is pure: take randomness as a parameter.',
  },
  { selector: 'CallExpression[callee.name=/^random(Bytes|UUID|Int|FillSync)$/]', message: 'This layer is pure: take randomness as a parameter.' },
  { selector: 'MemberExpression[object.name="process"]', message: 'This layer is pure: it knows no process.' },
];

const tests = ['**/*.test.{ts,tsx}', '**/test-*.ts', 'test/**', 'bench/**'];
const pureLayers = ['src/model/**', 'src/language/**', 'src/formats/**', 'src/estate/**', 'src/analysis/**', 'src/desk/**'];
const ownGlobals = {
  process: 'readonly',
  console: 'readonly',
  setTimeout: 'readonly',
  URL: 'readonly',
  SharedArrayBuffer: 'readonly',
  Atomics: 'readonly',
};

function restrictedImports({ processes = false, sockets = false }) {
  const paths = [
    ...(processes ? [] : childProcess.map((name) => ({ name, message: childProcessMessage }))),
    ...(sockets ? [] : network.map((name) => ({ name, message: networkMessage }))),
  ];
  return ['error', { paths }];
}

export default tseslint.config(
  { ignores: ['dist', 'coverage', 'node_modules', '.cache', '.guildhall', 'examples', '**/fixtures/**'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true, ignoreVoidOperator: true }],
      // An index signature read with a dot hides that the key may be absent.
      '@typescript-eslint/dot-notation': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-restricted-syntax': ['error', ...shape, ...html],
      // Names from outside are checked for control characters on purpose.
      'no-control-regex': 'off',
      // Contracts are records of functions that use no `this`; there are no classes to bind.
      '@typescript-eslint/unbound-method': 'off',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: {
      'no-restricted-imports': restrictedImports({}),
      'no-restricted-globals': [
        'error',
        ...['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest'].map((name) => ({ name, message: networkMessage })),
      ],
      'no-restricted-syntax': ['error', ...shape, ...html, ...input],
    },
  },
  { files: pureLayers, rules: { 'no-restricted-syntax': ['error', ...shape, ...html, ...input, ...impurity] } },
  // The reader is where JSON.parse is made safe; store and gateway parse what this program wrote itself: its own rows, its own messages.
  { files: ['src/language/readers/json.ts'], rules: { 'no-restricted-syntax': ['error', ...shape, ...impurity] } },
  // The verifier shares no code with what it verifies, readers included.
  { files: ['src/store/**/*.ts', 'src/gateway/**/*.ts', 'src/verifier/**/*.ts'], rules: { 'no-restricted-syntax': ['error', ...shape, ...html] } },
  { files: ['src/sources/git/run-git.ts', 'src/gateway/**/*.ts'], rules: { 'no-restricted-imports': restrictedImports({ processes: true }) } },
  {
    files: ['src/outbound/**/*.ts', 'src/server/**/*.ts'],
    rules: { 'no-restricted-imports': restrictedImports({ sockets: true }), 'no-restricted-globals': 'off' },
  },
  // Tests set the scene with processes, servers and clocks of their own.
  {
    files: tests,
    rules: {
      'no-restricted-imports': 'off',
      'no-restricted-globals': 'off',
      'no-restricted-syntax': ['error', ...shape],
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  { files: ['web/**/*.{ts,tsx}'], languageOptions: { parserOptions: { project: './tsconfig.web.json' } } },
  { files: ['web/**/*.{ts,tsx}'], ...hooks.configs.flat.recommended },
  // Vite and Vitest read a default export.
  { files: ['*.config.ts'], rules: { 'no-restricted-syntax': 'off' } },
  { files: ['web/public/*.js'], languageOptions: { globals: { document: 'readonly', localStorage: 'readonly', matchMedia: 'readonly' } } },
  { files: ['**/*.mjs', 'bin/**', '*.js', '*.cjs'], languageOptions: { globals: { ...ownGlobals, module: 'writable' } } },
);
