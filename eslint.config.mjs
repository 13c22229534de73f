import tseslint from 'typescript-eslint';
import { rooms } from './scripts/house/rooms.ts';

/** Words that say nothing: see section "Words" of CONTRIBUTING.md. */
const emptyWords = ['util', 'utils', 'helper', 'manager', 'service', 'handler', 'data', 'info'];
const capitals = emptyWords.map(word => word[0].toUpperCase() + word.slice(1));
const emptyWordInName = `^(${emptyWords.join('|')})(?![a-z])|(${capitals.join('|')})s?(?![a-z])`;

/**
 * The floors of the house, as far as a single line can be judged: the editor shows them while a
 * line is written. test/imports.test.ts and dependency-cruiser judge whole paths.
 */
function floorOf(room) {
  const others = rooms
    .map(({ path }) => /^src\/engine\/(\w+)\/$/.exec(path)?.[1])
    .filter(name => name && !room.imports.some(path => path.endsWith(`/${name}/`)))
    .filter(name => !room.path.includes(`/${name}/`));
  const allowedPackages = (room.packages ?? []).map(name => `${name}(?:/|$)`);
  const seesEngine = room.imports.includes('src/engine/');
  const patterns = [
    { regex: `^(?!${['\\.', 'node:', ...allowedPackages].join('|')})`, message: room.why },
    ...(room.node ? [] : [{ regex: '^node:', message: room.why }]),
    ...(seesEngine ? [] : [{ regex: `/(${others.join('|')})/\\w+\\.ts$`, message: room.why }]),
  ];
  return {
    files: [room.path.endsWith('.ts') ? room.path : `${room.path}{*.ts,**/*.ts}`],
    rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns }] },
  };
}

export default tseslint.config(
  {
    ignores: [
      'node_modules/',
      'dist/',
      'out/',
      '.vscode-test/',
      'test/out/',
      '**/fixtures/**',
      'examples/',
    ],
  },
  { linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/dot-notation': ['error', { allowIndexSignaturePropertyAccess: true }],
      // `value => send(value)` reads well where the answer is of no interest.
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      // Sockets are plain objects of functions; nothing here depends on `this`.
      '@typescript-eslint/unbound-method': 'off',
      // A socket is asynchronous for the sake of others; `async` also turns a throw into a rejection.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-empty-function': 'off',
      // `||` is meant where an empty text is as good as none.
      '@typescript-eslint/prefer-nullish-coalescing': 'off',
      // Spreading a text into its code points is what we want.
      '@typescript-eslint/no-misused-spread': 'off',
      // Contradicts no-non-null-assertion.
      '@typescript-eslint/non-nullable-type-assertion-style': 'off',
      '@typescript-eslint/naming-convention': [
        'error',
        {
          selector: ['function', 'typeLike', 'variable', 'parameter'],
          filter: { regex: emptyWordInName, match: true },
          format: null,
          custom: { regex: emptyWordInName, match: false },
        },
        // Names that a library gave.
        { selector: 'variable', modifiers: ['destructured'], format: null },
      ],
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' },
      ],
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx'] }],
      'max-lines': ['error', 250],
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  {
    files: ['scripts/**', 'bench/**', 'test/**', 'src/cli/**', 'src/cli.ts', '*.js'],
    rules: { 'no-console': 'off' },
  },
  // Inner rooms last: their rules replace those of the room around them.
  ...rooms.toSorted((a, b) => a.path.length - b.path.length).map(floorOf),
);
