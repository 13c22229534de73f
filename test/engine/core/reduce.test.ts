import assert from 'node:assert/strict';
import { emptyRun, reduce } from '../../../src/engine/core/reduce.ts';
import type { Rollout } from '../../../src/engine/core/rollout.ts';
import type { RunEvent, RunState } from '../../../src/engine/core/run.ts';
import { noOutcomes } from '../../../src/engine/core/score.ts';
import type { Trial } from '../../../src/engine/core/trial.ts';
import { aCandidate, aHeader } from '../../support/builders.ts';

const header = aHeader('Sort.');
const original = header.original;
const child = aCandidate('Sort well.', { parents: [original.id], operator: 'reflect' });
const usage = { calls: 1, inputTokens: 10, outputTokens: 5, usd: 0.001, estimated: false };
const value = { value: 0.5, low: 0.3, high: 0.7, count: 20 };

const rollout: Rollout = {
  jobId: 'job-1',
  candidateId: original.id,
  exampleId: 'row-001',
  outcome: 'ok',
  output: 'north',
  scores: { exact_match: { value: 1 } },
  usage,
};
const trial: Trial = {
  number: 1,
  parentId: original.id,
  candidateId: child.id,
  operator: 'reflect',
  before: value,
  after: value,
  fixed: 3,
  broken: 1,
  accepted: true,
  reason: 'Kept.',
};
const start: RunEvent = { type: 'run-start', header };
const evaluationStart: RunEvent = {
  type: 'evaluation-start',
  candidateId: original.id,
  split: 'train',
  purpose: 'original',
  rows: 20,
};
const trialStart: RunEvent = {
  type: 'trial-start',
  number: 1,
  parentId: original.id,
  operator: 'reflect',
  shown: ['row-001'],
};
const proposal: RunEvent = { type: 'proposal-end', number: 1, usage, candidate: child };

const fold = (...events: RunEvent[]): RunState => events.reduce(reduce, emptyRun);

describe('The fold of a run', () => {
  it('begins with the original as the best prompt and as a saved version', () => {
    const state = fold(start);
    assert.equal(state.incumbentId, original.id);
    assert.deepEqual(state.candidates, { [original.id]: original });
    assert.deepEqual(state.saved, { [original.id]: 1 });
  });

  it('forgets everything when a run begins anew', () => {
    assert.deepEqual(fold(start, evaluationStart, trialStart, start), fold(start));
  });

  it('counts the rows of the evaluation under way until it ends', () => {
    const state = fold(start, evaluationStart, { type: 'rollout-end', rollout });
    assert.equal(state.running?.done, 1);
    assert.deepEqual(state.running.failures, []);
    assert.equal(state.running.rows, 20);
    const evaluation = {
      candidateId: original.id,
      split: 'train',
      purpose: 'original',
      scorecard: {},
      outcomes: noOutcomes,
      rollouts: [rollout],
    } as const;
    const ended = reduce(state, { type: 'evaluation-end', evaluation });
    assert.equal(ended.running, undefined);
    assert.deepEqual(ended.evaluations, [evaluation]);
  });

  it('counts outcomes and spending of each row', () => {
    const late: Rollout = {
      ...rollout,
      outcome: 'failed',
      scores: {},
      usage: { calls: 2, inputTokens: 0, outputTokens: 0, estimated: true, possiblyPaid: 2 },
    };
    const state = fold(
      start,
      { type: 'rollout-end', rollout },
      { type: 'rollout-end', rollout: late },
      { type: 'rollout-end', rollout: { ...rollout, usage: { ...usage, cached: true } } },
    );
    assert.deepEqual(state.outcomes, { ...noOutcomes, ok: 2, failed: 1 });
    const { calls, possiblyPaid, unpriced, cached, usd } = state.spending.task;
    assert.deepEqual(
      { calls, possiblyPaid, unpriced, cached, usd },
      { calls: 3, possiblyPaid: 2, unpriced: 2, cached: 1, usd: 0.001 },
    );
  });

  it('adds the child and what it cost when the proposal is there', () => {
    const state = fold(start, trialStart, proposal);
    assert.equal(state.candidates[child.id], child);
    assert.equal(state.spending.optimizer.calls, 1);
    assert.deepEqual(state.trials[0], {
      status: 'running',
      number: 1,
      parentId: original.id,
      operator: 'reflect',
      shown: ['row-001'],
      cost: { rows: 0, proposals: 1, tokens: usage.inputTokens + usage.outputTokens },
      candidateId: child.id,
    });
  });

  it('adds only the cost of a proposal that held no prompt', () => {
    const state = fold(start, trialStart, { type: 'proposal-end', number: 1, usage });
    assert.deepEqual(Object.keys(state.candidates), [original.id]);
    assert.equal(state.spending.optimizer.calls, 1);
  });

  it('lets a candidate made of surviving edits stand for its trial', () => {
    const composed = aCandidate('Sort better.', { parents: [original.id], operator: 'reflect' });
    const alone = aCandidate('Sort best.', { parents: [original.id], operator: 'reflect' });
    const state = fold(
      start,
      trialStart,
      proposal,
      { type: 'variant', number: 1, candidate: alone, composed: false },
      { type: 'variant', number: 1, candidate: composed, composed: true },
    );
    assert.equal(state.candidates[alone.id], alone);
    const running = state.trials[0];
    assert.ok(running?.status === 'running' && running.composed === true);
    assert.equal(running.candidateId, composed.id);
    assert.deepEqual(running.shown, ['row-001']);
    assert.equal(state.spending.optimizer.calls, 1);
  });

  it('keeps the first parents of a prompt that comes up again, so that no prompt is its own ancestor', () => {
    const again = { ...original, parents: [child.id] };
    const state = fold(start, trialStart, proposal, {
      type: 'variant',
      number: 1,
      candidate: again,
      composed: false,
    });
    assert.deepEqual(state.candidates[original.id]?.parents, []);
  });

  it('makes a kept child the best prompt, and remembers the rows of its trial', () => {
    const state = fold(start, trialStart, proposal, { type: 'trial-end', trial });
    assert.equal(state.incumbentId, child.id);
    const cost = { rows: 0, proposals: 1, tokens: usage.inputTokens + usage.outputTokens };
    assert.deepEqual(state.trials, [{ status: 'decided', shown: ['row-001'], cost, ...trial }]);
  });

  it('keeps the parent where the child was not kept', () => {
    const refused = { ...trial, accepted: false };
    const state = fold(start, trialStart, proposal, { type: 'trial-end', trial: refused });
    assert.equal(state.incumbentId, original.id);
  });

  it('keeps the reason of a skipped trial', () => {
    const state = fold(start, trialStart, { type: 'trial-skip', number: 1, why: 'Empty.' });
    assert.deepEqual(state.trials, [
      {
        status: 'skipped',
        number: 1,
        parentId: original.id,
        operator: 'reflect',
        shown: ['row-001'],
        cost: { rows: 0, proposals: 0, tokens: 0 },
        why: 'Empty.',
      },
    ]);
  });

  it('refuses events of a trial that never began', () => {
    assert.throws(() => fold(start, proposal), /Trial 1 has not started/);
  });

  it('adds up waits and remembers the last', () => {
    const state = fold(
      start,
      { type: 'wait', role: 'task', ms: 200, why: 'Rate limit.' },
      { type: 'wait', role: 'optimizer', ms: 300, why: 'Overloaded.' },
    );
    assert.equal(state.waitedMs, 500);
    assert.deepEqual(state.lastWait, { role: 'optimizer', ms: 300, why: 'Overloaded.' });
    assert.deepEqual(state.waits, { other: { count: 2, ms: 500, why: 'Overloaded.' } });
  });

  it('remembers saved versions, and how the run ended', () => {
    const state = fold(
      start,
      evaluationStart,
      { type: 'version-save', candidateId: child.id, version: 2 },
      { type: 'run-end', reason: 'cancelled', bestId: original.id, sentence: 'Cancelled.' },
    );
    assert.deepEqual(state.saved, { [original.id]: 1, [child.id]: 2 });
    assert.deepEqual(state.ended, {
      reason: 'cancelled',
      bestId: original.id,
      sentence: 'Cancelled.',
    });
    assert.equal(state.running, undefined);
  });

  it('never changes the state it was given', () => {
    const before = fold(start, evaluationStart, trialStart);
    const copy = structuredClone(before);
    const events: RunEvent[] = [
      { type: 'rollout-end', rollout },
      proposal,
      { type: 'trial-end', trial },
    ];
    for (const event of events) reduce(before, event);
    assert.deepEqual(before, copy);
  });
});
