import assert from 'node:assert/strict';
import { CancelledError } from '../../../src/engine/core/errors.ts';
import type { RunEvent } from '../../../src/engine/core/run.ts';
import { collect } from '../../support/builders.ts';
import { crateOf, sortCrate, sortingRun } from './sortingWorld.ts';

describe('A run that is stopped from outside ends', () => {
  it('cancelled in the middle of an evaluation, keeping every answer that was paid', async () => {
    const controller = new AbortController();
    const run = sortingRun({
      signal: controller.signal,
      task: (request, call) => {
        if (call === 30) controller.abort();
        return sortCrate(request);
      },
    });
    const { events, state } = await collect(run.events);
    assert.equal(state.ended?.reason, 'cancelled');
    assert.equal(events.at(-1)?.type, 'run-end');
    const answered = events.filter(event => event.type === 'rollout-end').length;
    assert.equal(answered, run.task.requests.length);
    const cutShort = state.evaluations.at(-1);
    assert.equal(cutShort?.outcomes.ok, answered - 20);
    assert.equal(cutShort.outcomes['not-run'], 30 - (answered - 20));
    assert.equal(state.running, undefined);
  });

  it('cancelled while the optimizer model thinks', async () => {
    const controller = new AbortController();
    const { state } = await collect(
      sortingRun({
        signal: controller.signal,
        optimizer: () => {
          controller.abort();
          return new CancelledError();
        },
      }).events,
    );
    assert.equal(state.ended?.reason, 'cancelled');
  });

  it('cancelled before it began, with nothing asked', async () => {
    const run = sortingRun({ signal: AbortSignal.abort() });
    const { state } = await collect(run.events);
    assert.equal(state.ended?.reason, 'cancelled');
    assert.equal(run.task.requests.length, 0);
  });

  it('before it throws a fault of the program', async () => {
    const events: RunEvent[] = [];
    await assert.rejects(async () => {
      for await (const event of sortingRun({ task: () => new TypeError('oops') }).events) {
        events.push(event);
      }
    }, /oops/);
    const last = events.at(-1);
    assert.ok(last?.type === 'run-end' && last.reason === 'failed');
  });

  it('cancelled among the test rows, with the best prompt found', async () => {
    const controller = new AbortController();
    const run = sortingRun({
      signal: controller.signal,
      task: request => {
        if (crateOf(request) === 80) controller.abort();
        return sortCrate(request);
      },
    });
    const { state } = await collect(run.events);
    assert.equal(state.ended?.reason, 'cancelled');
    assert.match(state.ended.sentence, /The test rows could not be run: Cancelled\./);
    assert.notEqual(state.ended.bestId, state.header?.original.id);
    assert.equal(state.claim, undefined);
  });
});
