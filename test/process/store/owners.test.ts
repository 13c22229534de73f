import assert from 'node:assert/strict';
import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { localFiles } from '../../../src/engine/store/localFiles.ts';
import { ownProcess } from '../../../src/engine/store/ownProcess.ts';
import { runLocks } from '../../../src/engine/store/runLock.ts';

const rival = fileURLToPath(new URL('./rival.ts', import.meta.url));
const starts = 1_000;
const processes = 4;

describe('runs that several processes want', function () {
  this.timeout(120_000);
  this.slow(60_000);
  let root = '';
  let rivals: ChildProcess[] = [];

  beforeEach(async () => {
    root = mkdtempSync(join(tmpdir(), 'owners-'));
    rivals = Array.from({ length: processes }, () => fork(rival, [root]));
    await Promise.all(rivals.map(each => once(each, 'message')));
  });

  afterEach(async () => {
    const ended = rivals.map(each => once(each, 'exit'));
    for (const each of rivals) each.disconnect();
    await Promise.all(ended);
    rmSync(root, { recursive: true, force: true });
  });

  async function race(runId: string): Promise<readonly unknown[]> {
    const answers = rivals.map(each => once(each, 'message'));
    for (const each of rivals) each.send(runId);
    return (await Promise.all(answers)).map(([answer]) => answer as unknown);
  }

  it(`have one owner each, of ${starts} simultaneous starts by ${processes} processes`, async () => {
    const gone = await lockOfTheDead();
    const wins = new Map<number, number>();
    for (let start = 0; start < starts; start += 1) {
      const runId = `r${start}`;
      // Every second run was left behind by a process that died.
      if (start % 2 === 1) await gone(runId);
      const answers = await race(runId);
      const owners = rivals.filter((_, index) => answers[index] === 'owner');
      assert.equal(owners.length, 1, `${runId}: ${answers.join(', ')}`);
      const pid = owners[0]?.pid ?? 0;
      const refused = answers.filter(answer => answer !== 'owner');
      assert.deepEqual(refused, Array(processes - 1).fill(pid), 'the others name the owner');
      wins.set(pid, (wins.get(pid) ?? 0) + 1);
    }
    console.log(`      wins: ${[...wins.values()].join(', ')}`);
    assert.ok(wins.size > 1, 'the race was open');
  });

  it('pass to the next process when the owner is killed', async () => {
    for (let left = processes; left > 0; left -= 1) {
      const answers = await race('inherited');
      const owner = rivals[answers.indexOf('owner')];
      assert.ok(owner && answers.filter(answer => answer === 'owner').length === 1);
      const ended = once(owner, 'exit');
      owner.kill('SIGKILL');
      await ended;
      rivals = rivals.filter(each => each !== owner);
    }
  });

  /** Leaves a lock as a process left it that is not there any more. */
  async function lockOfTheDead(): Promise<(runId: string) => Promise<void>> {
    const child = spawn(process.execPath, ['-e', '']);
    await once(child, 'exit');
    const { self, lifeOf } = ownProcess();
    const dead = { ...self, pid: child.pid ?? 0 };
    assert.equal(lifeOf(dead), 'dead');
    const locks = runLocks(localFiles(root), {
      now: () => new Date(),
      newId: () => 'dead',
      process: { self: dead, lifeOf },
    });
    return async runId => {
      await locks.acquire('race', runId);
    };
  }
});
