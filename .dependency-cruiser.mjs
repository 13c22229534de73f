/**
 * The floors of ARCHITECTURE.md on the resolved graph of modules: the same table as
 * test/imports.test.ts, but another reader, which also sees circles.
 */
import { rooms } from './scripts/house/rooms.ts';

const escape = text => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
const startOf = paths => paths.map(path => `^${escape(path)}`);

/** Types of the packages resolve to node_modules/NAME or node_modules/@types/NAME. */
const packages = names =>
  names.map(name => `(^|/)node_modules/(@types/)?${escape(name)}(/|$)|^${escape(name)}$`);

/** Rooms inside of this one have rules of their own. */
const inner = room =>
  rooms.filter(other => other !== room && other.path.startsWith(room.path)).map(({ path }) => path);

const ownFiles = room => ({ path: `^${escape(room.path)}`, pathNot: startOf(inner(room)) });

function rulesOf(room) {
  const allowed = [...startOf(room.imports), ...packages(room.packages ?? [])];
  if (inner(room).length === 0) allowed.push(...startOf([room.path]));
  // Files right at the level of a room that holds other rooms, such as src/engine/engine.ts.
  else allowed.push(`^${escape(room.path)}[^/]*$`);
  const notNode = room.node ? ['core'] : [];
  return [
    {
      name: `${room.path} imports code that it may not`,
      comment: room.why,
      severity: 'error',
      from: ownFiles(room),
      to: {
        pathNot: allowed,
        dependencyTypesNot: ['type-only', ...notNode],
      },
    },
    {
      name: `${room.path} imports types that it may not`,
      comment: room.why,
      severity: 'error',
      from: ownFiles(room),
      to: {
        pathNot: [...allowed, ...startOf(room.types ?? [])],
        dependencyTypes: ['type-only'],
        dependencyTypesNot: notNode,
      },
    },
  ];
}

export default {
  forbidden: [
    {
      name: 'no circles',
      comment: 'files that need each other are one idea or need a third one below them',
      severity: 'error',
      from: { path: '^(src|media)/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'everything resolves',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^vscode$' },
    },
    ...rooms.flatMap(rulesOf),
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
