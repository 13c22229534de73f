import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export const repository = resolve(import.meta.dirname, '../../..');

const nobody = 65_534;
/** Sources without their types: a start takes a third of the time. */
const compiled = join(repository, 'out/compile-cache');

/** What a run of the command line left behind. */
export interface CliRun {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
  /** The one object on standard output; fails the test where there is none. */
  json(): unknown;
}

/** How the command line is started. */
export interface CliOptions {
  readonly cwd: string;
  /** Environment on top of an empty one: no key of the machine ever reaches a test. */
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  /** Runs as a user without rights where the tests run as root, who may write everywhere. */
  readonly withoutRights?: boolean;
}

/** Starts the real command line from its sources. */
export function startCli(
  words: readonly string[],
  { cwd, env = {}, input = '', withoutRights = false }: CliOptions,
): { readonly child: ChildProcess; readonly done: Promise<CliRun>; readonly err: () => string } {
  const child = spawn(process.execPath, [join(repository, 'src/cli.ts'), ...words], {
    cwd,
    env: { PATH: process.env['PATH'] ?? '', HOME: cwd, NODE_COMPILE_CACHE: compiled, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
    ...(withoutRights && process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {}),
  });
  const written = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (written.out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (written.err += text));
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const done = new Promise<CliRun>((fulfil, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode, signal) =>
      fulfil({
        exitCode,
        signal,
        ...written,
        json(): unknown {
          assert.doesNotThrow(() => JSON.parse(written.out), `${written.out}\n${written.err}`);
          return JSON.parse(written.out);
        },
      }),
    );
  });
  return { child, done, err: () => written.err };
}

/** Runs the real command line to its end. */
export function runCli(words: readonly string[], options: CliOptions): Promise<CliRun> {
  return startCli(words, options).done;
}

/** Resolves when the process has written this to standard error. */
export async function written(started: ReturnType<typeof startCli>, wanted: RegExp): Promise<void> {
  const giveUp = Date.now() + 20_000;
  while (!wanted.test(started.err())) {
    assert.ok(Date.now() < giveUp, `${wanted} was not written: ${started.err()}`);
    assert.equal(started.child.exitCode, null, `ended early: ${started.err()}`);
    await new Promise(fulfil => setTimeout(fulfil, 10));
  }
}

/** A fresh workspace with the given files; removed by the function it answers. */
export function workspaceWith(files: Readonly<Record<string, string>>): {
  readonly folder: string;
  remove(): void;
} {
  const folder = mkdtempSync(join(tmpdir(), 'cli-process-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
