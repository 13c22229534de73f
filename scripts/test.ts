/**
 * All tests, from the fastest ring to the slowest, and one line at the end:
 * `N passed, N failed, N skipped`.
 *
 *   npm test                    house checks, build, all rings
 *   npm test -- unit process    only these rings (and the build, where they need it)
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { globSync } from 'node:fs';
import process from 'node:process';
import { stripVTControlCharacters } from 'node:util';
import { repository, withOwnNode } from './host/places.ts';

/** A ring of tests: where its files are and what runs them. */
interface Ring {
  readonly files: string;
  readonly exclude?: readonly string[];
  readonly needsBuild: boolean;
  /**
   * Its tests drive a window, and a busy machine can be too slow for one: what failed is tried once
   * more in a fresh window, and the last lines name it. Absent: a failure is a failure.
   */
  readonly secondTry?: 'each-file' | 'whole-ring';
  command(files: readonly string[]): readonly string[];
}

interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const rings: Readonly<Record<string, Ring>> = {
  // Whatever belongs to no other ring, so that no folder can be forgotten.
  unit: {
    files: '{test,bench}/**/*.test.ts',
    exclude: ['test/process/**', 'test/vscode/**', 'test/page/**', '**/fixtures/**'],
    needsBuild: false,
    command: files => ['mocha', ...files],
  },
  process: {
    files: 'test/process/**/*.test.ts',
    needsBuild: true,
    command: files => ['mocha', '--timeout', '60000', '--slow', '5000', ...files],
  },
  host: {
    files: 'test/vscode/**/*.test.ts',
    needsBuild: true,
    secondTry: 'whole-ring',
    command: () => ['node', 'test/runVscodeTests.ts'],
  },
  page: {
    files: 'test/page/**/*.test.ts',
    needsBuild: true,
    secondTry: 'each-file',
    command: files => ['mocha', '--timeout', '120000', '--slow', '20000', ...files],
  },
};

const running = new Set<ChildProcess>();

/** Whoever stops us stops what we have started, and waits for it to clean up. */
for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT'] as const) {
  process.once(signal, () => {
    void Promise.all(
      [...running].map(child => {
        child.kill(signal);
        return once(child, 'close');
      }),
    ).then(() => process.exit(1));
  });
}

process.exitCode = (await runTests(process.argv.slice(2))) ? 0 : 1;

async function runTests(named: readonly string[]): Promise<boolean> {
  const unknown = named.filter(name => !(name in rings));
  if (unknown.length > 0) {
    console.error(
      `No such ring: ${unknown.join(', ')}. There are: ${Object.keys(rings).join(', ')}.`,
    );
    return false;
  }
  const wanted = Object.entries(rings).filter(([name]) => !named.length || named.includes(name));
  const problems: string[] = [];
  if (named.length === 0 && !(await succeeds('node', 'scripts/check.ts'))) {
    problems.push('house checks failed');
  }
  if (wanted.some(([, ring]) => ring.needsBuild) && !(await succeeds('node', 'esbuild.js'))) {
    problems.push('the build failed');
  }
  const unsteady: string[] = [];
  let sum: Counts = { passed: 0, failed: 0, skipped: 0 };
  for (const group of atOnce(wanted)) {
    for (const { counts, problem, secondTries } of await runTogether(group)) {
      sum = add(sum, counts);
      unsteady.push(...secondTries);
      if (problem !== undefined) problems.push(problem);
    }
  }
  for (const what of unsteady) console.log(`↻ ${what} passed only the second time`);
  for (const problem of problems) console.log(`✘ ${problem}`);
  console.log(`${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`);
  return problems.length === 0 && sum.failed === 0 && sum.passed > 0;
}

/** Takes what a ring prints, as it comes. */
type Show = (text: string) => void;

function print(text: string): void {
  process.stdout.write(text);
}

interface RingResult {
  readonly counts: Counts;
  readonly problem?: string;
  /** What passed only when it was tried again. */
  readonly secondTries: readonly string[];
}

type NamedRing = readonly [name: string, ring: Ring];

/** Rings that drive a window have the machine for themselves; the others run at the same time. */
function atOnce(wanted: readonly NamedRing[]): readonly (readonly NamedRing[])[] {
  const alone = wanted.filter(([, ring]) => ring.secondTry);
  return [wanted.filter(([, ring]) => !ring.secondTry), ...alone.map(each => [each])];
}

/** The first is shown while it runs; what the others print is shown when all are done. */
async function runTogether(group: readonly NamedRing[]): Promise<readonly RingResult[]> {
  const later = new Map<string, string>();
  const results = await Promise.all(
    group.map(([name, ring], at) =>
      runRing(
        name,
        ring,
        at === 0 ? print : text => later.set(name, (later.get(name) ?? '') + text),
      ),
    ),
  );
  for (const text of later.values()) print(text);
  return results;
}

async function runRing(name: string, ring: Ring, show: Show): Promise<RingResult> {
  show(`\n── ${name} ring ──\n`);
  const start = performance.now();
  const files = globSync(ring.files, { cwd: repository, exclude: ring.exclude ?? [] }).sort();
  const parts = ring.secondTry === 'each-file' ? files.map(file => [file]) : [files];
  const secondTries: string[] = [];
  let counts: Counts = { passed: 0, failed: 0, skipped: 0 };
  let lastCode = 0;
  for (const part of parts) {
    let { code, output } = await run(show, ...ring.command(part));
    if (code !== 0 && ring.secondTry) {
      const what = part.length === 1 ? `${part[0]}` : `the ${name} ring`;
      show(`↻ ${what} failed; it is tried once more in a fresh window.\n`);
      ({ code, output } = await run(show, ...ring.command(part)));
      if (code === 0) secondTries.push(what);
    }
    counts = add(counts, countsIn(output));
    lastCode ||= code;
  }
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  show(`── ${name} ring: ${seconds} s\n`);
  const ended = { counts, secondTries };
  if (files.length === 0 || counts.passed + counts.failed === 0) {
    return { ...ended, problem: `the ${name} ring ran no test` };
  }
  if (lastCode === 0 || counts.failed > 0) return ended;
  return { ...ended, problem: `the ${name} ring ended with code ${lastCode}` };
}

/** Mocha's own summary: "12 passing (3s)", "1 failing", "2 pending". */
function countsIn(output: string): Counts {
  const count = (word: string) => {
    const lines = stripVTControlCharacters(output).matchAll(
      new RegExp(`^\\s*(\\d+) ${word}\\b`, 'gm'),
    );
    return Number([...lines].at(-1)?.[1] ?? 0);
  };
  return { passed: count('passing'), failed: count('failing'), skipped: count('pending') };
}

function add(a: Counts, b: Counts): Counts {
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped,
  };
}

async function succeeds(...command: readonly string[]): Promise<boolean> {
  const { code } = await run(print, ...command);
  return code === 0;
}

/** Runs a command in the repository; what it prints is shown as it comes, and kept. */
function run(show: Show, ...command: readonly string[]): Promise<{ code: number; output: string }> {
  const [name = 'node', ...args] = command;
  return new Promise((resolve, reject) => {
    const child = spawn(name, args, {
      cwd: repository,
      env: withOwnNode(process.env),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    running.add(child);
    child.once('close', () => running.delete(child));
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      show(text);
    });
    child.once('error', reject);
    child.once('close', code => resolve({ code: code ?? 1, output }));
  });
}
