/**
 * One of several processes that fill one cache: `cacheWriter.ts ROOT FIRST COUNT`. Keeps the
 * answers with the numbers from FIRST on, and says so when they are written; the parent may kill it.
 */
import process from 'node:process';
import { answerCache } from '../../../src/engine/store/answerCache.ts';
import { ownProcess } from '../../../src/engine/store/ownProcess.ts';
import { keyOf, textOf } from './cachedTexts.ts';

const [root = '', first = '', count = ''] = process.argv.slice(2);
const cache = answerCache(root, { mostBytes: 100e6, now: () => Date.now(), process: ownProcess() });
const usage = { calls: 1, inputTokens: 10, outputTokens: 2, estimated: false };
for (let number = Number(first); number < Number(first) + Number(count); number += 1) {
  const answer = { text: textOf(number), usage, finish: 'stop' as const, model: 'openai:x' };
  cache.keep(keyOf(number), { answer, paidBy: '' });
  if (number % 50 === 0) {
    await cache.settled();
    process.send?.(number);
  }
}
await cache.settled();
process.send?.('done');
