/**
 * Builds everything that runs outside of plain Node: the extension, the command line, the pages of
 * the panel, the tests inside VS Code, and the proof that the engine needs no VS Code.
 *
 *   node esbuild.js                 one build with source maps
 *   node esbuild.js --production    minified, without source maps
 *   node esbuild.js --watch         rebuilds on every change
 */
import {
  chmodSync,
  existsSync,
  globSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import process from 'node:process';
import * as esbuild from 'esbuild';
import { licenceTexts } from './scripts/licences.js';

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');

/** CommonJS packages inside an ES module bundle still call `require` for Node's own modules. */
const requireBanner =
  "import { createRequire as makeRequire } from 'node:module';" +
  'const require = makeRequire(import.meta.url);';

/** Options that every bundle shares. */
const shared = {
  bundle: true,
  minify: production,
  sourcemap: !production,
  sourcesContent: false,
  logLevel: 'silent',
  metafile: true,
};

const forNode = {
  ...shared,
  platform: 'node',
  format: 'esm',
  target: 'node22',
  mainFields: ['module', 'main'],
  banner: { js: requireBanner },
  alias: { 'node-fetch': './scripts/shims/nodeFetch.js' },
};

/**
 * Extension, command line and the thread that reads datasets in one build, so that they share the
 * chunks of the engine.
 */
const faces = {
  ...forNode,
  entryPoints: [
    'src/extension.ts',
    'src/cli.ts',
    { in: 'src/engine/datasets/worker.ts', out: 'datasetWorker' },
    { in: 'src/engine/workers/thread.ts', out: 'checkThread' },
    { in: 'src/engine/workers/moduleThread.ts', out: 'moduleThread' },
  ],
  outdir: 'dist',
  outbase: 'src',
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  external: ['vscode'],
};

/** What webviews load: one script and one style sheet a page. */
const pages = {
  ...shared,
  entryPoints: ['media/panel/main.ts', 'media/comparison/main.ts'],
  outdir: 'dist',
  outbase: 'media',
  assetNames: 'assets/[name]',
  platform: 'browser',
  format: 'iife',
  target: 'es2022',
  minify: true,
  loader: { '.ttf': 'file' },
};

/** Bundled with `vscode` not external: an import of it anywhere below is an error of the build. */
const engineProof = {
  ...forNode,
  entryPoints: ['src/compose.ts', 'src/cli.ts'],
  outdir: 'out/engine-proof',
  outbase: 'src',
  write: false,
  plugins: [refuseVscode()],
};

/** Tests that run inside VS Code, found by glob so that none can be forgotten. */
const hostTests = {
  ...forNode,
  entryPoints: [...['test/vscode/index.ts'], ...globSync('test/vscode/**/*.test.ts')],
  outdir: 'out/test/vscode',
  outbase: 'test/vscode',
  outExtension: { '.js': '.mjs' },
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  minify: false,
  sourcemap: 'inline',
  external: ['vscode', 'mocha'],
};

const builds = { faces, pages, engineProof, hostTests };

await main();

async function main() {
  if (watch) await watchAll();
  else process.exitCode = (await buildAll()) ? 0 : 1;
}

async function buildAll() {
  const results = await Promise.all(Object.entries(builds).map(buildOne));
  if (!results.every(Boolean)) return false;
  removeStale(results.flatMap(outputs => Object.keys(outputs)));
  finishCommandLine();
  // Who installs the extension or the command line gets what they are made of.
  if (production) writeFileSync('dist/LICENSES.txt', licenceTexts(results));
  return true;
}

/**
 * Files of earlier builds go last and not first, so that a window that is open on them is disturbed
 * as little as can be.
 */
function removeStale(written) {
  const fresh = new Set(written);
  const earlier = globSync(['dist/**/*.*', 'out/test/vscode/**/*.mjs']).filter(isFile);
  for (const file of earlier) if (!fresh.has(file)) rmSync(file);
}

function isFile(path) {
  return statSync(path).isFile();
}

/** @returns what was written; undefined where the build failed */
async function buildOne([name, options]) {
  if (options.entryPoints.length === 0) return {};
  try {
    const result = await esbuild.build(options);
    await printProblems(result);
    refuseLazyCommonJs(result.metafile);
    console.log(`built ${name}: ${summary(result.metafile)}`);
    return result.metafile.outputs;
  } catch (failure) {
    if (!failure.errors) {
      console.error(`✘ ${name}: ${failure.message}`);
      return undefined;
    }
    await printProblems(failure);
    console.error(`${name} does not build: ${failure.errors.length} error(s)`);
    return undefined;
  }
}

async function watchAll() {
  for (const [name, options] of Object.entries(builds)) {
    if (options.entryPoints.length === 0) continue;
    const plugins = [...(options.plugins ?? []), problemMatcher(name)];
    const context = await esbuild.context({ ...options, plugins });
    await context.watch();
  }
}

/** The lines that VS Code's problem matcher in `.vscode/tasks.json` waits for. */
function problemMatcher(name) {
  return {
    name: 'problem-matcher',
    setup(build) {
      build.onStart(() => console.log(`[watch] build started: ${name}`));
      build.onEnd(async result => {
        for (const { text, location } of result.errors) {
          console.error(`✘ [ERROR] ${text}`);
          if (location) console.error(`    ${location.file}:${location.line}:${location.column}:`);
        }
        if (name === 'faces' && result.errors.length === 0) finishCommandLine();
        console.log(`[watch] build finished: ${name}`);
      });
    },
  };
}

/** Names the file that reached for VS Code, where esbuild alone would say "could not resolve". */
function refuseVscode() {
  return {
    name: 'refuse-vscode',
    setup(build) {
      build.onResolve({ filter: /^vscode$/ }, ({ importer }) => ({
        errors: [
          {
            text:
              `${importer.replace(`${process.cwd()}/`, '')} imports vscode, but the engine and the ` +
              'command line run without it. Move that code to src/vscode/.',
          },
        ],
      }));
    },
  };
}

/**
 * `await import(package)` of a CommonJS package has its named exports in plain Node, but only
 * `default` in the bundle: a difference that no test of the sources can see.
 */
function refuseLazyCommonJs({ inputs, outputs }) {
  for (const { entryPoint } of Object.values(outputs)) {
    if (inputs[entryPoint]?.format !== 'cjs') continue;
    throw new Error(
      `${entryPoint} is CommonJS and imported lazily: in the bundle it would have no named exports. ` +
        'Import it statically in a small file of its own, and import that file lazily.',
    );
  }
}

/** The command line is started by its name, so it needs its first line and the right to run. */
function finishCommandLine() {
  const file = 'dist/cli.js';
  if (!existsSync(file)) return;
  if (!readFileSync(file, 'utf8').startsWith('#!')) {
    throw new Error('src/cli.ts has to begin with a line "#!/usr/bin/env …".');
  }
  chmodSync(file, 0o755);
}

async function printProblems({ errors = [], warnings = [] }) {
  const format = { color: process.stderr.isTTY, terminalWidth: 100 };
  const problems = [
    ...(await esbuild.formatMessages(errors, { ...format, kind: 'error' })),
    ...(await esbuild.formatMessages(warnings, { ...format, kind: 'warning' })),
  ];
  for (const problem of problems) console.error(problem);
}

function summary({ outputs }) {
  const sizes = Object.entries(outputs).filter(([file]) => !file.endsWith('.map'));
  const bytes = sizes.reduce((sum, [, output]) => sum + output.bytes, 0);
  return `${sizes.length} files, ${Math.round(bytes / 1024)} KB`;
}
