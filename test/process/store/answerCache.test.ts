import assert from 'node:assert/strict';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { answerCache } from '../../../src/engine/store/answerCache.ts';
import { ownProcess } from '../../../src/engine/store/ownProcess.ts';
import { keyOf, textOf } from './cachedTexts.ts';

const writer = fileURLToPath(new URL('./cacheWriter.ts', import.meta.url));

describe('a cache that several processes fill', function () {
  this.timeout(120_000);
  this.slow(20_000);
  let root = '';
  beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'answers-'))));
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const begin = (first: number, count: number): ChildProcess =>
    fork(writer, [root, String(first), String(count)]);

  /** How many of these are there; fails where one is there with another text. */
  async function foundOf(first: number, count: number): Promise<number> {
    const cache = answerCache(root, {
      mostBytes: 100e6,
      now: () => Date.now(),
      process: ownProcess(),
    });
    let found = 0;
    for (let number = first; number < first + count; number += 1) {
      const entry = await cache.find(keyOf(number));
      if (!entry) continue;
      assert.equal(entry.answer.text, textOf(number), `answer ${number}`);
      found += 1;
    }
    assert.equal(cache.damage(), 0);
    return found;
  }

  it('holds all of what two wrote at once, a thousand answers each and half of them the same', async () => {
    const writers = [begin(0, 1_000), begin(500, 1_000)];
    const codes = await Promise.all(writers.map(each => once(each, 'exit')));
    assert.deepEqual(
      codes.map(([code]) => code as number),
      [0, 0],
    );
    assert.equal(await foundOf(0, 1_500), 1_500);
  });

  it('holds what a killed one had written, and all of the other', async () => {
    for (let round = 0; round < 5; round += 1) {
      const first = round * 10_000;
      const [doomed, other] = [begin(first, 1_000), begin(first + 5_000, 300)];
      const ended = once(other, 'exit');
      let written = -1;
      doomed.on('message', message => {
        if (typeof message === 'number') written = message;
        if (written >= first + 100 * (round + 1)) doomed.kill('SIGKILL');
      });
      const [, signal] = (await once(doomed, 'exit')) as [number | null, string | null];
      await ended;
      assert.equal(signal, 'SIGKILL');
      const count = written - first + 1;
      assert.equal(await foundOf(first, count), count);
      await foundOf(first, 1_000);
      assert.equal(await foundOf(first + 5_000, 300), 300);
    }
  });
});
