import assert from 'node:assert/strict';
import type { RunEvent } from '../../../src/engine/core/run.ts';
import { collect } from '../../support/builders.ts';
import { textOf } from '../../support/scriptedModel.ts';
import {
  crates,
  half,
  perfect,
  seed,
  sortCrate,
  sortingRun,
  threeQuarters,
} from './sortingWorld.ts';

const kinds = (events: readonly RunEvent[]): string[] => events.map(event => event.type);

describe('The optimization loop', () => {
  it('finds the rules one by one and says what they are worth on unseen rows', async () => {
    const { events, state } = await collect(sortingRun({}).events);
    assert.equal(events[0]?.type, 'run-start');
    assert.equal(events.at(-1)?.type, 'run-end');
    assert.equal(state.ended?.reason, 'target');
    assert.equal(state.candidates[state.ended.bestId]?.prompt.system, perfect);
    assert.equal(state.claim?.verdict, 'better');
    assert.match(
      state.claim.sentence,
      /^Better: \+76\.7 points \[.*\] on 30 rows never used in the search; 23 rows fixed, 0 broken\.$/,
    );
  });

  it('measures the original before anything is proposed, and pays no row twice', async () => {
    const run = sortingRun({});
    const { events } = await collect(run.events);
    assert.ok(kinds(events).indexOf('trial-start') > kinds(events).indexOf('evaluation-end'));
    const asked = run.task.requests.map(textOf);
    assert.equal(new Set(asked).size, asked.length);
  });

  it('never lets a test row near the search', async () => {
    const run = sortingRun({});
    const { events } = await collect(run.events);
    const testRows = crates(70, 100);
    for (const request of run.optimizer.requests) {
      for (const row of testRows) assert.ok(!textOf(request).includes(row.inputs['text'] ?? '?'));
    }
    const claimAt = events.findIndex(e => e.type === 'evaluation-start' && e.purpose === 'claim');
    const before = events.slice(0, claimAt);
    const ids = new Set(testRows.map(row => row.id));
    assert.ok(claimAt > 0);
    assert.ok(!before.some(e => e.type === 'rollout-end' && ids.has(e.rollout.exampleId)));
    assert.ok(!before.some(e => e.type === 'evaluation-end' && e.evaluation.split === 'test'));
  });

  it('shows the optimizer model train rows only', async () => {
    const run = sortingRun({});
    await collect(run.events);
    const shown = run.optimizer.requests.flatMap(request =>
      [...textOf(request).matchAll(/crate (\d+):/g)].map(match => Number(match[1])),
    );
    assert.ok(shown.length > 0);
    assert.ok(shown.every(number => number < 40));
  });

  it('runs the test rows once for the original and once for the best', async () => {
    const { events } = await collect(sortingRun({}).events);
    const claims = events.filter(
      e => e.type === 'evaluation-end' && e.evaluation.purpose === 'claim',
    );
    assert.equal(claims.length, 2);
  });

  it('says unchanged, with the score of the original, where nothing better is found', async () => {
    const worse = 'Say the shed.\nplum goes to west.';
    const { events, state } = await collect(
      sortingRun({ proposals: [worse], settings: { patience: 2 } }).events,
    );
    assert.equal(state.ended?.bestId, state.header?.original.id);
    assert.equal(state.claim?.verdict, 'unchanged');
    assert.equal(state.claim.best['exact_match']?.count, 30);
    const claims = events.filter(
      e => e.type === 'evaluation-end' && e.evaluation.purpose === 'claim',
    );
    assert.equal(claims.length, 1);
  });

  it('does not keep a child that was lucky on the rows it was made from', async () => {
    const lucky = `${seed}\nNote the fig.`;
    const run = sortingRun({
      proposals: [lucky],
      settings: { patience: 1 },
      // Right on failed train rows, no better than its parent on any other row.
      task: request =>
        textOf(request).includes('Note the fig') &&
        /crate \d: fig|crate [123]\d: fig/.test(textOf(request))
          ? 'east'
          : sortCrate(request),
    });
    const { state } = await collect(run.events);
    const trial = state.trials[0];
    assert.equal(trial?.status, 'decided');
    assert.equal(trial.accepted, false);
    assert.match(trial.reason, /^Not kept: 0 fixed and 0 broken on 30 validation rows/);
    assert.equal(state.ended?.bestId, state.header?.original.id);
  });

  it('does not keep a child that repairs some rows and breaks more', async () => {
    const trade = 'Say the shed.\nplum goes to south.';
    const run = sortingRun({
      proposals: [trade],
      settings: { patience: 1 },
      train: crates(0, 40).filter(row => !row.inputs['text']?.includes('apple')),
    });
    const { state } = await collect(run.events);
    const trial = state.trials[0];
    assert.ok(trial?.status === 'decided' && !trial.accepted);
    assert.ok(trial.fixed > 0 && trial.broken > 0);
  });

  it('gives a tie to the original', async () => {
    const { state } = await collect(
      sortingRun({ proposals: [`${seed}\nBe careful.`], settings: { patience: 1 } }).events,
    );
    assert.ok(state.trials[0]?.status === 'decided' && !state.trials[0].accepted);
    assert.equal(state.ended?.bestId, state.header?.original.id);
  });

  it('gives a tie to a child that is a tenth shorter', async () => {
    const long = `${seed}\nPlease always do your very best and think about it for a good while.`;
    const { state } = await collect(
      sortingRun({ original: long, proposals: [seed], settings: { patience: 1 } }).events,
    );
    assert.ok(state.trials[0]?.status === 'decided' && state.trials[0].accepted);
    assert.match(state.trials[0].reason, /% shorter\.$/);
  });

  it('refuses a proposal without the placeholder before it costs a call', async () => {
    const original = `${seed}\nCrate: {{text}}`;
    const run = sortingRun({ original, proposals: [half], settings: { patience: 1 } });
    const { events, state } = await collect(run.events);
    assert.ok(state.trials[0]?.status === 'skipped');
    assert.equal(state.trials[0].why, 'The proposed prompt lost {{text}}.');
    const skipAt = events.findIndex(event => event.type === 'trial-skip');
    const startAt = events.findIndex(event => event.type === 'trial-start');
    assert.ok(!kinds(events.slice(startAt, skipAt)).includes('rollout-end'));
    assert.equal(Object.keys(state.candidates).length, 1);
  });

  it('counts refused proposals for patience', async () => {
    const { state } = await collect(
      sortingRun({ optimizer: () => 'I would rather not.', settings: { patience: 3 } }).events,
    );
    assert.equal(state.trials.length, 3);
    assert.equal(state.ended?.reason, 'patience');
  });

  it('asks for the same child only once', async () => {
    const useless = `${seed}\nBe careful.`;
    const { state } = await collect(
      sortingRun({ proposals: [useless], settings: { patience: 2 } }).events,
    );
    assert.ok(state.trials[1]?.status === 'skipped');
    assert.match(state.trials[1].why, /tried before/);
  });

  it('tells the optimizer model what was tried and what it did', async () => {
    const run = sortingRun({
      proposals: [`${seed}\nBe careful.`, half],
      settings: { patience: 2, maxIterations: 2 },
    });
    await collect(run.events);
    const second = textOf(run.optimizer.requests[1] ?? assert.fail('no second proposal'));
    assert.match(
      second,
      /\+ Be careful\.\nEffect: Not kept: 0 fixed and 0 broken on 20 train rows/,
    );
  });

  it('names parent and operator of every child', async () => {
    const { state } = await collect(sortingRun({}).events);
    const best = state.candidates[state.ended?.bestId ?? ''];
    assert.equal(best?.operator, 'reflect');
    assert.equal(state.candidates[best.parents[0] ?? '']?.prompt.system, threeQuarters);
    assert.equal(best.rationale, 'Because.');
  });

  it('sums what the events say was spent', async () => {
    const run = sortingRun({});
    const { state } = await collect(run.events);
    assert.equal(state.spending.task.calls, run.task.requests.length);
    assert.equal(state.spending.optimizer.calls, run.optimizer.requests.length);
  });
});
