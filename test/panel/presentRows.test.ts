import assert from 'node:assert/strict';
import { presentRows } from '../../src/panel/presentRows.ts';
import { aHeader, aScore, evaluationEvents, foldRun } from '../support/panelBuilders.ts';
import { endedEvents, liveEvents } from '../support/panelRuns.ts';

describe('The rows of a result', () => {
  const state = foldRun(endedEvents());

  it('are the broken ones first, each with both outputs', () => {
    const rows = presentRows(state, { from: 0 });
    assert.equal(rows?.title, 'Test rows');
    assert.equal(rows.kind, 'broken');
    assert.deepEqual(rows.counts, { broken: 4, fixed: 15, all: 80 });
    assert.deepEqual(rows.items[0], {
      exampleId: 'test-15',
      name: 'line 17',
      change: 'broken',
      cells: [
        { score: '1', level: 4, output: 'refund' },
        { score: '0', level: 0, output: 'other' },
      ],
      lost: true,
    });
  });

  it('say of each whether the best prompt lost points on it', () => {
    const rows = presentRows(state, { kind: 'all', from: 0 });
    assert.deepEqual(
      rows?.items.filter(({ lost }) => lost).map(({ exampleId }) => exampleId),
      ['test-15', 'test-16', 'test-17', 'test-18'],
    );
  });

  it('say which of them flip when asked again, with either prompt', () => {
    const asked = foldRun(
      endedEvents().map(event =>
        event.type === 'evaluation-end' && event.evaluation.purpose === 'claim'
          ? {
              ...event,
              evaluation: {
                ...event.evaluation,
                rollouts: event.evaluation.rollouts.map((rollout, row) =>
                  row === 15 && rollout.candidateId === 'c2'
                    ? { ...rollout, flaky: true }
                    : rollout,
                ),
              },
            }
          : event,
      ),
    );
    const rows = presentRows(asked, { kind: 'all', from: 0 });
    const [row] = rows?.items.filter(({ exampleId }) => exampleId === 'test-15') ?? [];
    assert.deepEqual(
      row?.cells.map(({ score }) => score),
      ['1', '0 · flips'],
    );
    assert.equal(
      rows?.items.flatMap(({ cells }) => cells).filter(({ score }) => score.includes('flips'))
        .length,
      1,
    );
  });

  it('are the ones that are asked for, from the place that is asked for', () => {
    const rows = presentRows(state, { kind: 'all', from: 70 });
    assert.equal(rows?.from, 70);
    assert.equal(rows.items.length, 10);
    assert.equal(presentRows(state, { kind: 'fixed', from: 10_000 })?.from, 14);
    assert.equal(presentRows(state, { kind: 'all', from: 0 })?.items[0]?.change, 'broken');
    assert.equal(presentRows(state, { kind: 'all', from: 4 })?.items[0]?.change, 'fixed');
  });

  it('are those of the validation where no verdict has come', () => {
    assert.equal(presentRows(foldRun(liveEvents()), { from: 0 })?.title, 'Validation rows');
  });

  it('say how a row without a score ended, and call it neither fixed nor broken', () => {
    const events = [
      ...endedEvents().slice(0, 1),
      ...evaluationEvents({ candidateId: 'original', purpose: 'claim', score: aScore(1, 2) }),
      ...evaluationEvents({
        candidateId: 'c2',
        purpose: 'claim',
        score: aScore(1, 1),
        rows: 2,
        failures: ['No answer\nwithin 60 s.'],
      }),
      ...endedEvents().slice(-2),
    ];
    const rows = presentRows(foldRun(events), { from: 0 });
    assert.deepEqual(rows?.counts, { broken: 0, fixed: 0, all: 2 });
    assert.equal(rows.items[0]?.change, 'unmeasured');
    assert.deepEqual(rows.items[0].cells[1], { score: 'failed', output: 'No answer' });
  });

  it('are those of the whole race, which tries a few rows at a time', () => {
    const { ended, ...raced } = foldRun(endedEvents());
    const evaluations = raced.evaluations.flatMap(each => [
      { ...each, rollouts: each.rollouts.slice(0, 5) },
      { ...each, rollouts: each.rollouts.slice(4) },
    ]);
    const rows = presentRows({ ...raced, evaluations, ...(ended ? { ended } : {}) }, { from: 0 });
    assert.deepEqual(rows?.counts, { broken: 4, fixed: 15, all: 80 });
  });

  it('are none before the original has met another prompt', () => {
    assert.equal(
      presentRows(foldRun([{ type: 'run-start', header: aHeader() }]), { from: 0 }),
      undefined,
    );
  });
});
