import assert from 'node:assert/strict';
import type { Acceptance } from '../../../src/engine/optimize/acceptance.ts';
import type { Strategy } from '../../../src/engine/optimize/strategy.ts';
import type { StopRule } from '../../../src/engine/optimize/stop.ts';
import { collect } from '../../support/builders.ts';
import { crates, half, perfect, seed, sortingRun } from './sortingWorld.ts';

describe('The named parts of a search', () => {
  it('can each be replaced: an acceptance that keeps everything', async () => {
    const anything: Acceptance = () => ({ verdict: 'keep', reason: 'Kept: anything goes.' });
    const { state } = await collect(
      sortingRun({
        proposals: [half],
        settings: { maxIterations: 1 },
        sockets: { acceptance: anything },
      }).events,
    );
    assert.ok(state.trials[0]?.status === 'decided');
    assert.equal(state.trials[0].reason, 'Kept: anything goes.');
  });

  it('can each be replaced: a strategy that tries nothing', async () => {
    const idle: Strategy = { id: 'idle', summary: 'Tries nothing.', decide: () => [] };
    const run = sortingRun({ sockets: { strategy: idle } });
    const { state } = await collect(run.events);
    assert.equal(state.ended?.reason, 'done');
    assert.equal(run.optimizer.requests.length, 0);
    assert.equal(state.claim?.verdict, 'unchanged');
  });

  it('can each be replaced: a stop rule of its own', async () => {
    const twoTrials: StopRule = ({ state }) =>
      state.trials.length < 2 ? undefined : { reason: 'done', sentence: 'Two are enough.' };
    const { state } = await collect(sortingRun({ sockets: { stopRules: [twoTrials] } }).events);
    assert.equal(state.trials.length, 2);
    assert.equal(state.ended?.sentence, 'Two are enough.');
  });
});

describe('The finish', () => {
  it('looks at all validation rows before it believes a child that was kept early', async () => {
    // Keeps on the first look, at 6 rows of 30, all of them fixed by the child; the rest it breaks.
    const hasty: Acceptance = () => ({ verdict: 'keep', reason: 'Kept: hasty.' });
    const validation = crates(40, 70);
    let looked: readonly string[] = [];
    const run = sortingRun({
      original: perfect,
      proposals: [seed],
      validation,
      settings: { targetThreshold: 2, maxIterations: 1 },
      sockets: {
        acceptance: facts => {
          looked = facts.pair.before.map(() => '');
          return hasty(facts);
        },
      },
      task: (request, call) => {
        const text = request.messages.map(message => message.content).join('\n');
        const crate = Number(/crate (\d+)/.exec(text)?.[1]);
        const isTrain = crate < 40;
        const isChild = !text.includes('kiwi goes');
        // The original fails train rows so that there is something to learn from.
        if (isTrain)
          return isChild ? rightAnswer(crate) : call % 2 === 0 ? 'unknown' : rightAnswer(crate);
        return isChild ? 'unknown' : rightAnswer(crate);
      },
    });
    const { state } = await collect(run.events);
    assert.equal(looked.length, 6);
    assert.ok(state.trials[0]?.status === 'decided' && state.trials[0].accepted);
    assert.equal(
      state.evaluations.filter(each => each.split === 'validation').at(-1)?.rollouts.length,
      30,
    );
    assert.equal(state.ended?.bestId, state.header?.original.id);
    assert.equal(state.claim?.verdict, 'unchanged');
  });

  it('gives the reserve free once, after the search and before the first test row', async () => {
    const order: string[] = [];
    const { events } = sortingRun({
      sockets: { releaseClaimReserve: () => order.push('release') },
    });
    for await (const event of events) {
      if (event.type === 'trial-end') order.push('trial');
      if (event.type === 'evaluation-start' && event.purpose === 'claim') order.push('test rows');
    }
    assert.deepEqual(order.slice(order.indexOf('release')), ['release', 'test rows', 'test rows']);
  });
});

function rightAnswer(crate: number): string {
  return ['north', 'south', 'east', 'west'][crate % 4] ?? '';
}
