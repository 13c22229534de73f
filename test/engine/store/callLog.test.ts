import assert from 'node:assert/strict';
import { StoreError } from '../../../src/engine/core/errors.ts';
import type { Files } from '../../../src/engine/core/files.ts';
import { openCallLog } from '../../../src/engine/store/callLog.ts';
import { memoryFiles } from '../../../src/engine/store/memoryFiles.ts';
import { anAnswer } from './builders.ts';

const path = '.prompts/x/runs/r/calls.jsonl';
const most = { calls: 1, tokens: 100, usd: 0.5 };
/** Of the line {"type":"intend","key":"k"}. */
const oldCheck = '59ad8036035b7b47';

describe('the record of paid calls', () => {
  it('finds an answer once it is settled, in this session and in the next', async () => {
    const files = memoryFiles();
    const log = await openCallLog(files, path);
    log.intend('k', most);
    assert.equal(log.find('k'), undefined);
    await log.settle('k', anAnswer('é\n😀', 0.25));
    assert.deepEqual(log.find('k'), anAnswer('é\n😀', 0.25));
    await log.close();
    const again = await openCallLog(files, path);
    assert.deepEqual(again.find('k'), anAnswer('é\n😀', 0.25));
    assert.deepEqual([again.inFlight, again.damagedLines], [0, 0]);
  });

  it('adds up what was paid, over all sessions', async () => {
    const files = memoryFiles();
    const first = await openCallLog(files, path);
    await first.settle('a', anAnswer('a', 0.25));
    await first.close();
    const second = await openCallLog(files, path);
    await second.settle('b', anAnswer('b'));
    await second.close();
    assert.deepEqual((await openCallLog(files, path)).spent, { calls: 2, tokens: 24, usd: 0.25 });
  });

  it('adds what may have been paid at its worst case: calls in flight, and failures that say so', async () => {
    const files = memoryFiles();
    const killed = await openCallLog(files, path);
    for (const key of ['in flight', 'failed', 'refused', 'answered']) killed.intend(key, most);
    killed.fail('failed', 1);
    killed.fail('refused', 0);
    await killed.settle('answered', anAnswer('a', 0.25));
    const next = await openCallLog(files, path);
    assert.deepEqual(next.spent, { calls: 3, tokens: 212, usd: 1.25 });
    assert.equal(next.inFlight, 1);
  });

  it('reads a record from before requests said what they may cost', async () => {
    const files = memoryFiles(
      new Map([[path, '{"check":"CHECK","type":"intend","key":"k"}\n'.replace('CHECK', oldCheck)]]),
    );
    const log = await openCallLog(files, path);
    assert.deepEqual([log.inFlight, log.damagedLines], [1, 0]);
    assert.deepEqual(log.spent, { calls: 0, tokens: 0, usd: 0 });
  });

  it('counts requests that were sent without an answer: they may be paid twice', async () => {
    const files = memoryFiles();
    const killed = await openCallLog(files, path);
    for (const key of ['a', 'b', 'c']) killed.intend(key, most);
    await killed.settle('b', anAnswer('b'));
    const second = await openCallLog(files, path);
    assert.equal(second.inFlight, 2);
    second.intend('a', most);
    await second.settle('a', anAnswer('a'));
    // The first request for `a` may have been paid, and was never answered.
    assert.equal((await openCallLog(files, path)).inFlight, 2);
  });

  it('never takes a changed byte for another answer', async () => {
    const texts = new Map<string, string>();
    const files = memoryFiles(texts);
    const log = await openCallLog(files, path);
    await log.settle('a', anAnswer('yes'));
    await log.settle('b', anAnswer('no'));
    const whole = texts.get(path) ?? '';
    for (let at = 0; at < whole.length; at += 1) {
      const flipped = String.fromCharCode(whole.charCodeAt(at) ^ 1);
      texts.set(path, whole.slice(0, at) + flipped + whole.slice(at + 1));
      const damaged = await openCallLog(files, path);
      for (const [key, text] of [
        ['a', 'yes'],
        ['b', 'no'],
      ] as const) {
        const found = damaged.find(key);
        assert.ok(found === undefined || found.text === text);
      }
      // A flipped line end at the very end is a torn line; anything else is told.
      assert.ok(damaged.damagedLines > 0 || at === whole.length - 1, `byte ${at}`);
    }
  });

  it('reads every whole line of a record that was cut anywhere', async () => {
    const texts = new Map<string, string>();
    const log = await openCallLog(memoryFiles(texts), path);
    for (const key of ['a', 'b', 'c']) await log.settle(key, anAnswer(key));
    const whole = texts.get(path) ?? '';
    for (let length = 0; length <= whole.length; length += 1) {
      const cut = new Map([[path, whole.slice(0, length)]]);
      const reopened = await openCallLog(memoryFiles(cut), path);
      const settled = ['a', 'b', 'c'].filter(key => reopened.find(key)).length;
      assert.equal(settled, whole.slice(0, length).split('\n').length - 1);
      assert.equal(reopened.damagedLines, 0);
    }
  });

  it('keeps an answer that a full disk refused, and writes it with the next line', async () => {
    const texts = new Map<string, string>();
    const full = { now: false };
    const files = fillable(memoryFiles(texts), full);
    const log = await openCallLog(files, path);
    full.now = true;
    await assert.rejects(log.settle('a', anAnswer('a')), StoreError);
    assert.equal(log.find('a'), undefined);
    assert.throws(() => log.intend('b', most), StoreError);
    full.now = false;
    log.intend('c', most);
    const again = await openCallLog(memoryFiles(texts), path);
    assert.deepEqual(again.find('a'), anAnswer('a'));
  });
});

function fillable(files: Files, full: { now: boolean }): Files {
  return {
    ...files,
    openLog: async at => {
      const log = await files.openLog(at);
      const write = (line: string): void => {
        if (full.now) throw new StoreError(at, 'the disk is full.');
        log.write(line);
      };
      return { ...log, write, append: async line => write(line) };
    },
  };
}
