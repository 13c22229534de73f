import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { RunHeldError, StoreError } from '../../../src/engine/core/errors.ts';
import type { Files } from '../../../src/engine/core/files.ts';
import type { Owner, OwnProcess } from '../../../src/engine/core/owner.ts';
import { memoryFiles } from '../../../src/engine/store/memoryFiles.ts';
import { runLocks } from '../../../src/engine/store/runLock.ts';

const folder = '.prompts/triage/runs/r1';
const firstLock = `${folder}/owner-0001.json`;

/** Two machines and who lives on them; each process sees its own machine only. */
function world(files: Files = memoryFiles()) {
  const dead = new Set<number>();
  let seconds = 0;
  const processOf = (pid: number, machine: string): OwnProcess => ({
    self: { host: machine, pid, machine, startedAt: `start of ${pid}` },
    lifeOf: (owner: Owner) => {
      if (owner.machine !== machine) return 'unknown';
      return dead.has(owner.pid) || owner.startedAt !== `start of ${owner.pid}` ? 'dead' : 'alive';
    },
  });
  return {
    files,
    dead,
    pass: (passed: number) => (seconds += passed),
    locksOf: (pid: number, machine = 'here') =>
      runLocks(files, {
        now: () => new Date(Date.UTC(2026, 10, 20, 12, 0, seconds)),
        newId: () => `token ${pid}`,
        process: processOf(pid, machine),
      }),
  };
}

describe('the lock of a run', () => {
  it('refuses a second owner with a sentence that names the first', async () => {
    const { locksOf } = world();
    const lock = await locksOf(11).acquire('triage', 'r1');
    await assert.rejects(
      locksOf(22).acquire('triage', 'r1'),
      /^RunHeldError: Run r1 is under way in process 11 on here since 2026-11-20 12:00 UTC\./,
    );
    assert.equal((await locksOf(22).holder('triage', 'r1'))?.pid, 11);
    await lock.release();
    assert.equal(await locksOf(22).holder('triage', 'r1'), undefined);
    await (await locksOf(22).acquire('triage', 'r1')).release();
  });

  it('refuses a second session of the same process', async () => {
    const { locksOf } = world();
    const lock = await locksOf(11).acquire('triage', 'r1');
    await assert.rejects(locksOf(11).acquire('triage', 'r1'), RunHeldError);
    await lock.release();
  });

  it('is taken over at once from a process that is dead, and from a number used again', async () => {
    const { locksOf, dead, files } = world();
    const lock = await locksOf(11).acquire('triage', 'r1');
    dead.add(11);
    const next = await locksOf(22).acquire('triage', 'r1');
    await next.release();
    await lock.release();
    const text = (await files.read(`${folder}/owner-0002.json`)) ?? '';
    const reused = text.replace('start of 22', 'another start').replace('true', 'false');
    await files.write(`${folder}/owner-0002.json`, reused);
    await (await locksOf(33).acquire('triage', 'r1')).release();
  });

  it('is never taken from a living process of this machine, however silent', async () => {
    const { locksOf, pass } = world();
    const lock = await locksOf(11).acquire('triage', 'r1');
    pass(3_600);
    await assert.rejects(locksOf(22).acquire('triage', 'r1'), RunHeldError);
    await lock.release();
  });

  it('is taken over from another machine after a minute of silence, not before', async () => {
    const { locksOf, pass } = world();
    await locksOf(11, 'there').acquire('triage', 'r1');
    pass(59);
    await assert.rejects(locksOf(22).acquire('triage', 'r1'), RunHeldError);
    pass(1);
    await (await locksOf(22).acquire('triage', 'r1')).release();
  });

  it('lets an owner that was held up write nothing more', async () => {
    const { locksOf, pass } = world();
    const slow = await locksOf(11, 'there').acquire('triage', 'r1');
    pass(61);
    const fast = await locksOf(22).acquire('triage', 'r1');
    await assert.rejects(
      slow.assertHeld(),
      (error: unknown) =>
        error instanceof StoreError &&
        error.message.includes('process 22 on here has taken run r1 over'),
    );
    await slow.release();
    await fast.assertHeld();
    assert.equal((await locksOf(33).holder('triage', 'r1'))?.pid, 22);
    await fast.release();
  });

  it('is given back where the owner turns out to be slow and not gone', async () => {
    const kept = memoryFiles();
    const { locksOf, pass } = world({
      ...kept,
      async write(path, text, options) {
        // The slow owner speaks up between the look at its lock and the creation of the next one.
        if (path.endsWith('owner-0002.json') && options?.ifAbsent) await slow.assertHeld();
        return kept.write(path, text, options);
      },
    });
    const slow = await locksOf(11, 'there').acquire('triage', 'r1');
    pass(61);
    await assert.rejects(locksOf(22).acquire('triage', 'r1'), /process 11 on there/);
    await slow.release();
  });

  it('says which lock cannot be read, and what to do', async () => {
    const good = world();
    await (await good.locksOf(11).acquire('triage', 'r1')).release();
    const text = (await good.files.read(firstLock)) ?? '';
    for (const wrong of [
      '',
      '{}',
      text.replace('"released": true', '"released": 1'),
      text.replace(/"beat_at": "[^"]*"/, '"beat_at": "soon"'),
      text.replace('"pid": 11', '"pid": "11"'),
      text.replace('"schema": 1', '"schema": 2'),
    ]) {
      assert.notEqual(wrong, text);
      const { locksOf } = world(memoryFiles(new Map([[firstLock, wrong]])));
      await assert.rejects(
        locksOf(22).acquire('triage', 'r1'),
        /owner-0001\.json.*(Restore|Update)/s,
      );
    }
  });
});
