/**
 * The house checks: types, lint, import floors, format, unused code, names and sizes.
 * Prints one line a check, and the whole output of those that fail.
 *
 *   npm run check            all
 *   npm run check -- lint    only those that are named
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { repository, withOwnNode } from './host/places.ts';
import { namesAndSizes } from './house/names.ts';

interface Verdict {
  readonly passed: boolean;
  readonly output: string;
}

type Check = () => Promise<Verdict>;

/** dependency-cruiser that finds nothing also finds no fault: with fewer modules it has not looked. */
const fewestModules = 100;

/**
 * What has not changed since the last check is not looked at again. A clean checkout, CI's too, has no
 * cache; lint rules that look across files may see a change of another file only there.
 */
const cache = (name: string): string => join('node_modules', '.cache', 'house', name);
const incremental = (name: string): string[] => [
  '--incremental',
  '--tsBuildInfoFile',
  cache(`${name}.tsbuildinfo`),
];
const cached = (name: string): string[] => ['--cache', '--cache-location', cache(name)];

const checks: Readonly<Record<string, Check>> = {
  types: () => tool('tsc', '-p', '.', ...incremental('types')),
  pageTypes: () => tool('tsc', '-p', 'media', ...incremental('pageTypes')),
  lint: () => tool('eslint', '.', '--max-warnings', '0', ...cached('eslint')),
  floors: importGraph,
  format: () => tool('prettier', '--check', '--log-level', 'warn', '.', ...cached('prettier')),
  unused: () => tool('knip'),
  names: async () => {
    const sentences = namesAndSizes(repository);
    return { passed: sentences.length === 0, output: sentences.join('\n') };
  },
};

process.exitCode = (await runChecks(process.argv.slice(2))) ? 0 : 1;

async function runChecks(named: readonly string[]): Promise<boolean> {
  const unknown = named.filter(name => !(name in checks));
  if (unknown.length > 0) {
    console.error(
      `No such check: ${unknown.join(', ')}. There are: ${Object.keys(checks).join(', ')}.`,
    );
    return false;
  }
  const wanted = Object.entries(checks).filter(([name]) => !named.length || named.includes(name));
  let passed = true;
  // Two at a time: each keeps one core busy.
  const queue = [...wanted];
  const work = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      if (!(await runCheck(...next))) passed = false;
    }
  };
  await Promise.all([work(), work()]);
  return passed;
}

async function runCheck(name: string, check: Check): Promise<boolean> {
  const start = performance.now();
  const { passed, output } = await check();
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${passed ? '✔' : '✘'} ${name} (${seconds} s)`);
  if (!passed) console.log(output);
  return passed;
}

async function importGraph(): Promise<Verdict> {
  const verdict = await tool('depcruise', 'src', 'media', '--config', '.dependency-cruiser.mjs');
  const modules = Number(/(\d+) modules/.exec(verdict.output)?.[1] ?? 0);
  if (modules >= fewestModules) return verdict;
  const sentence = `Only ${modules} modules were looked at, at least ${fewestModules} are expected.`;
  return { passed: false, output: `${verdict.output}\n${sentence}` };
}

function tool(name: string, ...args: string[]): Promise<Verdict> {
  return new Promise((resolve, reject) => {
    const child = spawn(name, args, {
      cwd: repository,
      env: withOwnNode(process.env),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const chunks: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    }
    child.once('error', reject);
    child.once('close', code => {
      resolve({ passed: code === 0, output: Buffer.concat(chunks).toString().trimEnd() });
    });
  });
}
