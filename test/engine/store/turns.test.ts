import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CancelledError } from '../../../src/engine/core/errors.ts';
import { answerCache } from '../../../src/engine/store/answerCache.ts';
import { askingFolder } from '../../../src/engine/store/layout.ts';
import { ownProcess } from '../../../src/engine/store/ownProcess.ts';
import { answerOf, keyOf } from './cachedAnswers.ts';

describe('the turn to ask for an answer', () => {
  let root = '';
  let time = 0;
  const now = (): number => time;
  const open = () => answerCache(root, { mostBytes: 1e6, now, process: ownProcess() });
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'turns-'));
    time = Date.UTC(2026, 10, 20);
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('is one, and the others get the answer that was kept a moment ago', async () => {
    const [one, other] = [open(), open()];
    const mine = await one.findOrBegin(keyOf('a'));
    assert.ok('end' in mine);
    const waits = other.findOrBegin(keyOf('a'));
    const waitsToo = one.findOrBegin(keyOf('a'));
    one.keep(keyOf('a'), answerOf('blue'));
    mine.end();
    assert.deepEqual(await waits, answerOf('blue'));
    assert.deepEqual(await waitsToo, answerOf('blue'));
  });

  it('passes on where no answer came; who is cancelled waits no longer', async () => {
    const [one, other] = [open(), open()];
    const mine = await one.findOrBegin(keyOf('a'));
    const cancel = new AbortController();
    const cancelled = other.findOrBegin(keyOf('a'), cancel.signal);
    const next = other.findOrBegin(keyOf('a'));
    cancel.abort();
    await assert.rejects(cancelled, CancelledError);
    assert.ok('end' in mine);
    mine.end();
    const turn = await next;
    assert.ok('end' in turn);
    turn.end();
    await Promise.all([one.settled(), other.settled()]);
    assert.deepEqual(readdirSync(join(root, askingFolder)), []);
  });

  it('waits two minutes at most', async () => {
    const [one, other] = [open(), open()];
    await one.findOrBegin(keyOf('a'));
    const waits = other.findOrBegin(keyOf('a'));
    time += 121_000;
    assert.ok('end' in (await waits));
  });

  for (const [whose, owner] of [
    ['of a process that is gone', JSON.stringify({ ...ownProcess().self, pid: 2 ** 22 + 1 })],
    ['of a machine that has been still for two minutes', '{"machine":"another"}'],
    ['that nobody has signed', '{"mach'],
  ] as const) {
    it(`${whose} is taken over by one of three`, async () => {
      const first = await open().findOrBegin(keyOf('first'));
      assert.ok('end' in first);
      writeFileSync(join(root, askingFolder, keyOf('a')), owner);
      // After its clock on the disk, which no test can set.
      time = Date.now() + 121_000;
      const cancel = new AbortController();
      const turns = [1, 2, 3].map(() => open().findOrBegin(keyOf('a'), cancel.signal));
      await Promise.race(turns);
      cancel.abort();
      const ended = await Promise.allSettled(turns);
      assert.equal(ended.filter(({ status }) => status === 'fulfilled').length, 1);
    });
  }
});
