/**
 * The floors of ARCHITECTURE.md as a table: who may import whom. Read by ESLint, by
 * dependency-cruiser and by test/imports.test.ts, each with a reader of its own.
 */

/** A folder or file and everything it may import. Paths begin at the repository. */
export interface Room {
  /** What the paths of its files begin with; the longest one that fits is a file's room. */
  readonly path: string;
  /** What paths it may import begin with. Files of the same room are always allowed. */
  readonly imports: readonly string[];
  /** Paths of which it may import types. */
  readonly types?: readonly string[];
  /** Whether it may import Node's own modules. */
  readonly node: boolean;
  /** npm packages that it may import. */
  readonly packages?: readonly string[];
  /** Said when the rule is broken. */
  readonly why: string;
}

const core = 'src/engine/core/';
const door = 'src/engine/index.ts';

const siblings =
  'a room of the engine knows the words in core/ and itself, so that it can be read and replaced alone';

/** A story or tool of the engine: core and itself, one npm package at most. */
function engineRoom(name: string, rest: Partial<Room> = {}): Room {
  const path = `src/engine/${name}/`;
  return { path, imports: [core, path], node: false, why: siblings, ...rest };
}

export const rooms: readonly Room[] = [
  {
    path: core,
    imports: [],
    node: false,
    why: 'core holds the words of everybody else and runs anywhere, so it depends on nothing',
  },
  engineRoom('datasets', {
    node: true,
    packages: ['split2', 'hyparquet', 'hyparquet-compressors', 'read-excel-file', 'yaml'],
  }),
  engineRoom('metrics'),
  engineRoom('providers', { node: true }),
  engineRoom('sources', {
    packages: ['@lezer/common', '@lezer/javascript', '@lezer/python', 'yaml'],
  }),
  engineRoom('store', { node: true }),
  engineRoom('executors'),
  // Threads and processes that can be ended, for patterns, schemas and code of the workspace.
  engineRoom('workers', { node: true, packages: ['ajv'] }),
  engineRoom('refine'),
  engineRoom('lint'),
  engineRoom('optimize'),
  engineRoom('compare'),
  {
    path: 'src/engine/providers/openai',
    imports: [core, 'src/engine/providers/'],
    node: true,
    packages: ['openai'],
    why: siblings,
  },
  {
    path: 'src/engine/providers/vertex',
    imports: [core, 'src/engine/providers/'],
    node: true,
    packages: ['@google-cloud/vertexai'],
    why: siblings,
  },
  {
    path: 'src/engine/providers/tokenizer.ts',
    imports: [core, 'src/engine/providers/'],
    node: false,
    packages: ['gpt-tokenizer'],
    why: siblings,
  },
  {
    path: 'src/engine/compare/textDiff.ts',
    imports: [core, 'src/engine/compare/'],
    node: false,
    packages: ['diff'],
    why: siblings,
  },
  {
    path: 'src/engine/',
    imports: ['core', 'datasets', 'store', 'sources', 'refine', 'lint', 'optimize', 'compare'].map(
      name => `src/engine/${name}/`,
    ),
    node: false,
    why: 'the engine strings stories together; providers, metrics and executors are plugged in by compose.ts',
  },
  {
    path: 'src/compose.ts',
    imports: ['src/engine/', 'src/report/runReport.ts'],
    node: true,
    why: 'compose plugs the parts of the engine together and runs without VS Code',
  },
  {
    path: 'src/panel/',
    imports: [],
    types: [door],
    node: false,
    why: 'what host and page agree on runs in both, so it takes types from the door and no code',
  },
  {
    path: 'src/report/',
    imports: [door, 'src/panel/'],
    node: false,
    why: 'a report puts the run of any face into words, so it knows the door and the panel’s formats',
  },
  {
    path: 'src/vscode/',
    imports: [door, 'src/panel/'],
    types: ['src/compose.ts'],
    node: true,
    packages: ['vscode'],
    why: 'a face enters the engine through its door; real parts are composed in extension.ts',
  },
  {
    path: 'src/extension.ts',
    imports: [door, 'src/compose.ts', 'src/vscode/', 'src/panel/'],
    node: true,
    packages: ['vscode'],
    why: 'activation composes the engine and registers features, nothing below the door',
  },
  {
    path: 'src/cli',
    imports: [door, 'src/compose.ts', 'src/report/', 'src/panel/', 'package.json'],
    node: true,
    packages: ['commander'],
    why: 'the command line enters the engine through its door and runs without VS Code',
  },
  {
    path: 'media/',
    imports: [],
    types: ['src/panel/'],
    node: false,
    packages: [
      'lit',
      '@vscode-elements/elements',
      '@vscode/codicons',
      'uplot',
      '@tanstack/virtual-core',
    ],
    why: 'a page knows the messages of src/panel/ and nothing of the host or the engine',
  },
];

/** The room of a file; undefined for files that are no part of the product. */
export function roomOf(path: string): Room | undefined {
  return rooms
    .filter(room => path.startsWith(room.path))
    .sort((a, b) => b.path.length - a.path.length)[0];
}
