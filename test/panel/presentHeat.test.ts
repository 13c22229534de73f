import assert from 'node:assert/strict';
import { presentHeat } from '../../src/panel/presentHeat.ts';
import { aHeader, aScore, evaluationEvents, foldRun } from '../support/panelBuilders.ts';
import { longRun } from '../support/panelLongRun.ts';
import { endedEvents, liveEvents } from '../support/panelRuns.ts';

const start = { from: 0, column: 0 };

describe('The map of rows by prompts', () => {
  it('has a column for every prompt that was tried, and says what each is', () => {
    const heat = presentHeat(foldRun(endedEvents()), start);
    assert.equal(heat?.split, 'validation');
    assert.deepEqual(
      heat.columns.map(({ head, name, best }) => [head, name, best]),
      [
        ['0', 'Original', false],
        ['1', 'Trial 1, reflect: kept', false],
        ['4', 'Trial 4, reflect: kept', true],
      ],
    );
    assert.equal(heat.unit, 'accuracy of one row');
  });

  it('puts hard rows first, and marks every score without its colour', () => {
    const values = [1, 0.46, 0];
    const heat = presentHeat(
      foldRun([
        ...liveEvents(),
        ...['original', 'c1'].flatMap(candidateId =>
          evaluationEvents({
            candidateId,
            split: 'test',
            purpose: 'claim',
            score: aScore(0.5, 4),
            failures: candidateId === 'c1' ? ['', '', '', 'No answer.'].slice(3) : [],
            answer: row => ({ output: 'refund', value: values[row] ?? 1 }),
          }),
        ),
      ]),
      { ...start, split: 'test' },
    );
    assert.deepEqual(
      heat?.items.map(row => [row.name, ...row.cells.map(cell => cell?.mark)]),
      [
        ['line 4', '✕', '✕'],
        ['line 3', '.4', '.4'],
        ['line 2', '✓', '!'],
        ['line 5', '✓', '✓'],
      ],
    );
    assert.deepEqual(heat.items[1]?.cells[0], { mark: '.4', level: 2, spoken: 'score 0.46' });
    assert.deepEqual(heat.items[2]?.cells[1], { mark: '!', spoken: 'no score, failed' });
  });

  it('leaves a cell open where a prompt was not tried on a row', () => {
    const heat = presentHeat(foldRun(endedEvents()), { ...start, split: 'train' });
    assert.ok(heat && heat.columns.length > 1);
    const test = presentHeat(foldRun(endedEvents()), { ...start, split: 'test' });
    assert.deepEqual(
      test?.columns.map(({ head }) => head),
      ['0', '4'],
    );
    const state = foldRun([
      ...liveEvents(),
      ...evaluationEvents({ candidateId: 'c1', purpose: 'validation', score: aScore(1, 60) }),
    ]);
    const rows = presentHeat(state, { from: 40, column: 0 });
    assert.equal(rows?.items.at(-1)?.cells[0], undefined);
    const cancelled = state.evaluations.map(each => ({
      ...each,
      rollouts: each.rollouts.map(rollout => ({ ...rollout, outcome: 'not-run' as const })),
    }));
    assert.deepEqual(presentHeat({ ...state, evaluations: cancelled }, start)?.items, []);
  });

  it('holds a part of a large run, wherever a person looks', () => {
    const state = longRun(2_000);
    const heat = presentHeat(state, { from: 5, column: 1_990 });
    assert.equal(heat?.columnCount, 2_001);
    assert.equal(heat.columns.length, 11);
    assert.equal(heat.columns.at(-1)?.head, '2000');
    assert.ok(heat.items.length <= 60);
    assert.equal(presentHeat(state, { from: 1_000_000, column: 1_000_000 })?.column, 2_000);
  });

  it('is not there before two prompts were tried', () => {
    const state = foldRun([
      { type: 'run-start', header: aHeader() },
      ...evaluationEvents({ candidateId: 'original', purpose: 'original', score: aScore(0.5) }),
    ]);
    assert.equal(presentHeat(state, start), undefined);
  });
});
