import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as delay } from 'node:timers/promises';
import { seededRandom } from '../../../src/engine/core/random.ts';
import { openCallLog } from '../../../src/engine/store/callLog.ts';
import { promptHistory } from '../../../src/engine/store/history.ts';
import { localFiles } from '../../../src/engine/store/localFiles.ts';
import { bodyOf, callsPath, statePath } from './texts.ts';

const writer = fileURLToPath(new URL('./writer.ts', import.meta.url));
const rounds = 40;
const longestMs = 10_000;

let root = '';

describe('the store', function () {
  this.timeout(30_000);
  this.slow(15_000);

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'store-crash-'));
    chmodSync(root, 0o777);
  });

  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('loses nothing that it promised, and shows no part, when it is killed at any moment', async () => {
    const random = seededRandom(20_260_822);
    const promised: Promises = { saved: new Map(), settled: new Set(), states: new Set() };
    const start = performance.now();
    let done = 0;
    for (; done < rounds && performance.now() - start < longestMs; done += 1) {
      const told = await killedAfter(random() * 80, `r${done}`);
      remember(told, promised);
      await assertKept(promised);
    }
    console.log(
      `      ${done} kills, ${promised.saved.size} versions, ${promised.settled.size} answers`,
    );
    assert.ok(done >= 10 && promised.saved.size > 0 && promised.settled.size > 0);
  });

  it('gives no number twice to two processes that save at once', async () => {
    const outputs = await Promise.all(['a', 'b', 'c'].map(seed => outputOf('many', seed)));
    const told = outputs.flatMap(linesOf).map(line => line.split(' '));
    assert.equal(told.length, 75);
    assert.equal(new Set(told.map(([, number]) => number)).size, 75);
    const versions = await historyOf(root).list('race');
    assert.deepEqual(
      new Map(versions.map(each => [String(each.number), each.prompt.system])),
      new Map(told.map(([, number = '', text = '']) => [number, text])),
    );
  });

  it('keeps the old text and the whole lines where the disk takes no more', async function () {
    if (process.platform === 'win32') this.skip();
    writeFileSync(join(root, 'whole.txt'), 'old');
    writeFileSync(join(root, 'log.jsonl'), 'before\n');
    // A limit on the size of files stops a write half-way, as a full disk does, without root.
    const command = `ulimit -f 100 && exec "$0" "$@"`;
    const { stdout } = spawnSync('sh', ['-c', command, process.execPath, writer, 'try', root], {
      encoding: 'utf8',
    });
    assert.deepEqual(linesOf(stdout).length, 3);
    for (const line of linesOf(stdout)) assert.match(line, /disk is full.*free some space/);
    const files = localFiles(root);
    assert.deepEqual(readdirSync(root).sort(), ['log.jsonl', 'whole.txt']);
    assert.equal(await files.read('whole.txt'), 'old');
    assert.equal(await files.read('log.jsonl'), 'before\nshort\n');
  });

  it('says in a sentence that a folder is read-only', function () {
    if (process.platform === 'win32') this.skip();
    writeFileSync(join(root, 'whole.txt'), 'old');
    chmodSync(root, 0o555);
    // Root may write everywhere; nobody may not.
    const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
    const options = { encoding: 'utf8', ...user } as const;
    const { stdout, stderr } = spawnSync(process.execPath, [writer, 'try', root], options);
    if (/EACCES|ERR_MODULE_NOT_FOUND|Cannot find module/.test(stderr)) {
      console.log('      skipped: the user nobody cannot read this work tree');
      this.skip();
    }
    assert.equal(linesOf(stdout).length, 3, stdout + stderr);
    for (const line of linesOf(stdout)) assert.match(line, /read-only for this user/);
    chmodSync(root, 0o777);
    assert.deepEqual(readdirSync(root), ['whole.txt']);
  });
});

interface Promises {
  readonly saved: Map<number, string>;
  readonly settled: Set<string>;
  /** Names of the texts that the replaced file may hold now. */
  readonly states: Set<string>;
}

function historyOf(folder: string) {
  return promptHistory(localFiles(folder), { now: () => new Date(0), newId: () => 'x' });
}

async function killedAfter(ms: number, seed: string): Promise<string[]> {
  const child = spawn(process.execPath, [writer, 'for-ever', root, seed], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let told = '';
  const closed = once(child, 'close');
  const ready = new Promise<void>(resolve => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      told += text;
      if (told.includes('ready\n')) resolve();
    });
  });
  await Promise.race([ready, closed]);
  await delay(ms);
  child.kill('SIGKILL');
  await closed;
  assert.equal(child.signalCode, 'SIGKILL');
  return linesOf(told);
}

async function outputOf(mode: string, seed: string): Promise<string> {
  const child = spawn(process.execPath, [writer, mode, root, seed], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let told = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (told += text));
  await once(child, 'close');
  return told;
}

function remember(told: readonly string[], { saved, settled, states }: Promises): void {
  for (const line of told) {
    const [what, first = '', second = ''] = line.split(' ');
    if (what === 'saved') saved.set(Number(first), second);
    if (what === 'settled') settled.add(first);
    if (what === 'replacing') states.add(first);
    if (what === 'replaced') {
      states.clear();
      states.add(first);
    }
  }
}

async function assertKept({ saved, settled, states }: Promises): Promise<void> {
  const files = localFiles(root);
  const versions = await historyOf(root).list('triage');
  for (const { number, prompt } of versions) {
    const name = /^begin (.*)$/m.exec(prompt.system)?.[1] ?? '';
    assert.equal(prompt.system, bodyOf(name), `version ${number} is whole`);
    assert.equal(prompt.output, bodyOf(`out-${name}`));
  }
  const listed = new Map(versions.map(each => [each.number, each.prompt.system]));
  for (const [number, name] of saved) assert.equal(listed.get(number), bodyOf(name));

  const calls = await openCallLog(files, callsPath);
  await calls.close();
  assert.equal(calls.damagedLines, 0);
  for (const key of settled) assert.equal(calls.find(key)?.text, bodyOf(key));

  const state = await files.read(statePath);
  assert.ok(state === undefined ? states.size <= 1 : [...states].some(s => bodyOf(s) === state));
}

function linesOf(text: string): string[] {
  return text.split('\n').slice(0, -1);
}
