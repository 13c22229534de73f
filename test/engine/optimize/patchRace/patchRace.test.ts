import assert from 'node:assert/strict';
import type { RunEvent } from '../../../../src/engine/core/run.ts';
import { patchRace } from '../../../../src/engine/optimize/patchRace/patchRace.ts';
import { collect } from '../../../support/builders.ts';
import { textOf } from '../../../support/scriptedModel.ts';
import {
  crates,
  crateOf,
  half,
  perfect,
  proposalOf,
  seed,
  sortCrate,
  sortingRun,
  threeQuarters,
} from '../sortingWorld.ts';

const sockets = { strategy: patchRace };

describe('patch race', () => {
  it('finds the rules that its proposals hold', async () => {
    const { state } = await collect(sortingRun({ sockets }).events);
    assert.equal(state.ended?.reason, 'target');
    assert.equal(state.candidates[state.ended.bestId]?.prompt.system, perfect);
    assert.equal(state.claim?.verdict, 'better');
  });

  it('keeps the edit of a proposal that helps and leaves out the one that harms', async () => {
    const run = sortingRun({
      sockets,
      original: threeQuarters,
      proposals: [`${perfect}\napple goes to west.`],
      // The last line that names a fruit wins.
      task: request => {
        const text = textOf(request);
        const fruit = /crate \d+: (\w+)/.exec(text)?.[1] ?? '';
        return (
          [...text.matchAll(new RegExp(`${fruit} goes to (\\w+)`, 'g'))].at(-1)?.[1] ?? 'unknown'
        );
      },
      settings: { patience: 1 },
    });
    const { state } = await collect(run.events);
    assert.equal(state.candidates[state.ended?.bestId ?? '']?.prompt.system, perfect);
  });

  it('leaves a line that breaks rows out of a race while many rows fail, and keeps the others', async () => {
    const bad = 'apple goes to west.';
    const run = sortingRun({
      sockets,
      proposals: [`${perfect}\n${bad}`],
      // The last line that names a fruit wins.
      task: request => {
        const text = textOf(request);
        const fruit = /crate \d+: (\w+)/.exec(text)?.[1] ?? '';
        return (
          [...text.matchAll(new RegExp(`${fruit} goes to (\\w+)`, 'g'))].at(-1)?.[1] ?? 'unknown'
        );
      },
      settings: { patience: 1 },
    });
    const { state } = await collect(run.events);
    const [trial] = state.trials;
    assert.ok(trial?.status === 'decided' && trial.accepted);
    assert.equal(state.candidates[trial.candidateId]?.prompt.system, perfect);
  });

  it('removes a line of the original that makes its rows fail, without asking the optimizer model', async () => {
    const wrong =
      'Say the shed.\napple goes to east.\nplum goes to south.\nfig goes to east.\nkiwi goes to west.';
    const run = sortingRun({
      sockets,
      original: wrong,
      optimizer: () => 'I have no idea.',
      // Without a rule the model knows apples.
      task: request => {
        const answer = sortCrate(request);
        return answer === 'unknown' ? 'north' : answer;
      },
    });
    const { state } = await collect(run.events);
    const removal = state.trials.find(trial => trial.operator === 'remove');
    assert.ok(removal?.status === 'decided' && removal.accepted);
    assert.doesNotMatch(state.candidates[state.ended?.bestId ?? '']?.prompt.system ?? '', /apple/);
  });

  it('tells the optimizer model of no validation and no test row', async () => {
    const run = sortingRun({ sockets });
    await collect(run.events);
    for (const request of run.optimizer.requests) {
      const rows = [...textOf(request).matchAll(/crate (\d+):/g)].map(match => Number(match[1]));
      assert.ok(rows.length > 0 && rows.every(row => row < 40));
    }
  });

  it('runs test rows only after the search', async () => {
    const run = sortingRun({ sockets });
    const { events } = await collect(run.events);
    const firstTest = events.findIndex(
      event => event.type === 'evaluation-start' && event.split === 'test',
    );
    assert.ok(firstTest > 0);
    assert.ok(events.slice(firstTest).every(event => event.type !== 'trial-start'));
    const early = events.slice(0, firstTest).filter(event => event.type === 'rollout-end').length;
    assert.ok(run.task.requests.slice(0, early).every(request => crateOf(request) < 70));
  });

  it('makes the same run whatever the order in which answers arrive', async () => {
    const outline = (events: readonly RunEvent[]): string =>
      JSON.stringify(
        events.filter(event =>
          ['trial-start', 'trial-end', 'variant', 'claim-end'].includes(event.type),
        ),
      );
    const proposals = [half, `${seed}\nBe careful.`, threeQuarters, perfect].map(proposalOf);
    const runs = [1, 8, 64].map(async concurrency => {
      const run = sortingRun({
        sockets,
        settings: { concurrency, patience: 4 },
        optimizer: (_, call) => proposals[call % proposals.length] ?? '',
        task: async request => {
          await new Promise(resolve => setTimeout(resolve, (crateOf(request) * 7) % 5));
          return sortCrate(request);
        },
      });
      return outline((await collect(run.events)).events);
    });
    const [first, ...others] = await Promise.all(runs);
    assert.ok((first ?? '').length > 100);
    for (const other of others) assert.equal(other, first);
  });

  it('ends where nothing fails', async () => {
    const { state } = await collect(
      sortingRun({
        sockets,
        original: perfect,
        train: crates(0, 40),
        settings: { targetThreshold: 1 },
      }).events,
    );
    assert.equal(state.trials.length, 0);
    assert.equal(state.claim?.verdict, 'unchanged');
  });
});
