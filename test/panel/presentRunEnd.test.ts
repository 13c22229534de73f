import assert from 'node:assert/strict';
import type { Rollout, RunEvent } from '../../src/engine/index.ts';
import { aClaim, aHeader, aScore, evaluationEvents } from '../support/panelBuilders.ts';
import { endedEvents, failedEvents, liveEvents, viewOf } from '../support/panelRuns.ts';

const start: RunEvent = { type: 'run-start', header: aHeader() };

describe('The end of a run as the panel shows it', () => {
  it('ends on the verdict, with the winner to keep', () => {
    const run = viewOf(endedEvents(), 'ended');
    assert.equal(run.result?.verdict, 'better');
    assert.deepEqual(run.result.rows, [
      {
        metric: 'accuracy',
        label: 'accuracy',
        before: '0.64 [0.53, 0.75] n=80',
        after: '0.78 [0.67, 0.89] n=80',
        difference: '+13.8 points [6.0, 22.0]',
      },
    ]);
    assert.deepEqual(run.winner, { candidateId: 'c2', promptName: 'triage' });
    assert.match(run.now, /^Stopped after 4 trials/);
    assert.equal(run.failed, false);
    assert.equal(run.resumable, false);
  });

  it('shows the number that the winner was saved under', () => {
    const saved: RunEvent = { type: 'version-save', candidateId: 'c2', version: 4 };
    assert.equal(viewOf([...endedEvents(), saved], 'ended').winner?.savedVersion, 4);
  });

  it('offers nothing to keep where the original stays the best', () => {
    const events: RunEvent[] = [
      start,
      {
        type: 'claim-end',
        claim: aClaim({
          bestId: 'original',
          verdict: 'unchanged',
          difference: { value: 0, low: 0, high: 0, count: 80 },
        }),
      },
      { type: 'run-end', reason: 'done', bestId: 'original', sentence: 'The original stays.' },
    ];
    const { winner, result } = viewOf(events, 'ended');
    assert.equal(winner, undefined);
    assert.equal(result?.rows[0]?.difference, '±0 points [0.0, 0.0]');
  });

  it('keeps the best of a cancelled run, which has no verdict', () => {
    const events: RunEvent[] = [
      ...liveEvents(),
      {
        type: 'run-end',
        reason: 'cancelled',
        bestId: 'c2',
        sentence: 'Stopped by you after 4 trials.',
      },
    ];
    const run = viewOf(events, 'ended');
    assert.equal(run.result, undefined);
    assert.equal(run.winner?.candidateId, 'c2');
    assert.equal(run.now, 'Stopped by you after 4 trials.');
    assert.ok(run.resumable);
    assert.equal(run.trials.at(-1)?.reason, 'The run ended first.');
  });

  it('shows the provider’s own words and the way out where every row failed', () => {
    const why = 'The server refused the key (401). Enter a valid one.';
    const events: RunEvent[] = [
      start,
      ...evaluationEvents({
        candidateId: 'original',
        purpose: 'original',
        score: aScore(0, 0),
        rows: 2,
        failures: [why, why],
      }),
      {
        type: 'run-end',
        reason: 'failed',
        bestId: 'original',
        sentence: why,
        errorCode: 'provider/key-wrong',
      },
    ];
    const run = viewOf(events, 'ended');
    assert.equal(run.now, why);
    assert.ok(run.failed);
    assert.deepEqual(run.remedy, { id: 'set-key', label: 'Enter API key' });
    assert.deepEqual(run.errors, [{ kind: 'failed', count: '2', waited: '', why: '' }]);
    assert.equal(run.best, undefined);
    assert.deepEqual(run.chart, []);
  });

  it('offers to resume an interrupted run', () => {
    const run = viewOf(liveEvents(), 'interrupted');
    assert.equal(run.remedy?.id, 'resume');
    assert.match(run.now, /not asked for again/);
  });

  it('leads out of what most rows have met where all of them failed', () => {
    const remedyFor = (rollout: Partial<Rollout>): string | undefined => {
      const events = failedEvents().map((event): RunEvent => {
        if (event.type === 'rollout-end')
          return { ...event, rollout: { ...event.rollout, ...rollout } };
        return event.type === 'run-end' ? { ...event, errorCode: 'rows-failed' } : event;
      });
      return viewOf(events, 'ended').remedy?.id;
    };
    assert.equal(remedyFor({ outcome: 'refused' }), 'choose-model');
    assert.equal(remedyFor({ outcome: 'cut' }), 'open-settings');
    assert.equal(remedyFor({ outcome: 'unscored' }), 'choose-columns');
    assert.equal(remedyFor({ outcome: 'failed', problem: 'unreachable' }), 'resume');
    assert.equal(remedyFor({ outcome: 'failed', problem: 'model-unknown' }), 'choose-model');
    assert.equal(remedyFor({ outcome: 'failed', problem: 'bad-request' }), 'choose-model');
    assert.equal(remedyFor({ outcome: 'failed' }), 'resume');
  });
});
