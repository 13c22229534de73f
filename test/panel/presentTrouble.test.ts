import assert from 'node:assert/strict';
import type { RunEvent } from '../../src/engine/index.ts';
import { aHeader, aScore, aUsage, evaluationEvents } from '../support/panelBuilders.ts';
import { liveEvents, viewOf } from '../support/panelRuns.ts';

const start: RunEvent = { type: 'run-start', header: aHeader() };

describe('What a run has cost and what went wrong, as the panel shows it', () => {
  it('counts money by role and against each limit', () => {
    const { spending, budget, budgetShare } = viewOf(liveEvents(), 'running');
    assert.deepEqual(
      spending.map(({ role, calls, usd }) => [role, calls, usd]),
      [
        ['task', '192', '$0.077'],
        ['optimizer', '4', '$0.048'],
        ['total', '196', '$0.125'],
      ],
    );
    assert.equal(budget, '$0.125 of $2.00 · 196 of 1,150 calls');
    assert.equal(budgetShare?.toFixed(3), (196 / 1_150).toFixed(3));
  });

  it('calls an unknown price unknown, never free', () => {
    const { usd: _, ...unpriced } = aUsage();
    const events = [
      start,
      ...evaluationEvents({
        candidateId: 'original',
        purpose: 'original',
        score: aScore(0.5),
        usage: { ...unpriced, estimated: true },
      }),
    ];
    const { spending, costNotes } = viewOf(events, 'running');
    assert.equal(spending[0]?.usd, 'unknown');
    assert.equal(spending[2]?.usd, 'unknown');
    assert.deepEqual(costNotes, [
      'No price is listed for 40 calls.',
      'The tokens of 40 calls are our estimate: the provider reported none.',
    ]);
  });

  it('says how many answers came from the record and may have been billed twice', () => {
    const events = [
      start,
      ...evaluationEvents({
        candidateId: 'original',
        purpose: 'original',
        score: aScore(0.5, 2),
        usage: aUsage({ cached: true }),
      }),
      ...evaluationEvents({
        candidateId: 'original',
        purpose: 'original',
        score: aScore(0.5, 1),
        usage: aUsage({ possiblyPaid: 1 }),
      }),
    ];
    const { spending, costNotes } = viewOf(events, 'running');
    const saved = { role: 'saved', calls: '2', tokens: '440', usd: '$0.0008' };
    assert.deepEqual(spending.at(-1), saved);
    assert.deepEqual(costNotes, [
      '2 answers came from the cache of this workspace, or the record of this run, and cost nothing.',
      '1 request may have been billed though no answer came.',
    ]);
  });

  it('counts failures by kind with their newest reason', () => {
    const events = [
      start,
      ...evaluationEvents({
        candidateId: 'original',
        purpose: 'original',
        score: aScore(0.5, 37),
        rows: 40,
        failures: ['Timed out.', 'Not found.', 'Timed out.'],
      }),
    ];
    const { errors, withoutScore } = viewOf(events, 'running');
    assert.deepEqual(errors, [{ kind: 'failed', count: '3', waited: '', why: 'Timed out.' }]);
    assert.equal(
      withoutScore,
      '3 of 40 answers have no score. None of them counts as a wrong answer.',
    );
  });

  it('tells rate limits, timeouts and refusals apart, with the time that was waited', () => {
    const [first, ...more] = evaluationEvents({
      candidateId: 'original',
      purpose: 'original',
      score: aScore(0.5, 1),
      rows: 3,
      failures: ['No answer within 60 s.', 'Declined.'],
    });
    const events = [first ?? assert.fail(), ...more].map((event): RunEvent => {
      if (event.type !== 'rollout-end' || event.rollout.outcome === 'ok') return event;
      const declined = event.rollout.failure === 'Declined.';
      return {
        ...event,
        rollout: declined
          ? { ...event.rollout, outcome: 'refused' }
          : { ...event.rollout, problem: 'timeout' },
      };
    });
    const wait = { type: 'wait', role: 'task', why: 'Slow down.', problem: 'rate-limit' } as const;
    const { errors } = viewOf(
      [start, { ...wait, ms: 4_000 }, { ...wait, ms: 2_000 }, ...events],
      'running',
    );
    assert.deepEqual(
      errors.map(({ kind, count, waited }) => [kind, count, waited]),
      [
        ['rate limit', '2', 'waited 6 s, then asked again'],
        ['no answer in time', '1', ''],
        ['declined by the model', '1', ''],
      ],
    );
  });

  it('books a judge apart from the optimizer', () => {
    const [first, ...more] = evaluationEvents({
      candidateId: 'original',
      purpose: 'original',
      score: aScore(0.5, 1),
    });
    const events = [start, first ?? assert.fail(), ...more].map((event): RunEvent => {
      if (event.type !== 'rollout-end') return event;
      const scores = { accuracy: { value: 1, usage: aUsage({ usd: 0.01 }) } };
      return { ...event, rollout: { ...event.rollout, scores } };
    });
    assert.deepEqual(
      viewOf(events, 'running').spending.map(({ role, calls, usd }) => [role, calls, usd]),
      [
        ['task', '1', '$0.0004'],
        ['optimizer', '0', '$0'],
        ['judge', '1', '$0.01'],
        ['total', '2', '$0.01'],
      ],
    );
  });
});
