import assert from 'node:assert/strict';
import { lineageOf } from '../../media/panel/lineage.ts';
import type { TrialView } from '../../src/panel/messages.ts';

function aTrial(
  number: number,
  parent: number,
  status: TrialView['status'] = 'refused',
): TrialView {
  return { number, parent, operator: 'reflect', status, reason: '', candidateId: `c${number}` };
}

const drawn = (trials: readonly TrialView[]): (readonly [number, number, boolean])[] =>
  lineageOf(trials).map(({ trial, depth, onBestPath }) => [trial.number, depth, onBestPath]);

describe('The tree of candidates', () => {
  it('has children behind their parents, and marks the way to the best', () => {
    assert.deepEqual(
      drawn([aTrial(1, 0, 'kept'), aTrial(2, 0), aTrial(3, 1), aTrial(4, 1, 'kept'), aTrial(5, 4)]),
      [
        [1, 1, true],
        [3, 2, false],
        [4, 2, true],
        [5, 3, false],
        [2, 1, false],
      ],
    );
  });

  it('leaves out trials that proposed nothing, and is empty before the first', () => {
    const { candidateId: _, ...skipped } = aTrial(1, 0, 'skipped');
    assert.deepEqual(drawn([skipped]), []);
    assert.deepEqual(drawn([]), []);
  });

  it('ends where two trials name each other as parent', () => {
    assert.deepEqual(drawn([aTrial(1, 2, 'kept'), aTrial(2, 1, 'kept')]), []);
    assert.deepEqual(drawn([aTrial(1, 1, 'kept'), aTrial(2, 0)]), [[2, 1, false]]);
  });

  it('holds a search of thousands of generations', () => {
    const deep = Array.from({ length: 20_000 }, (_, index) => aTrial(index + 1, index, 'kept'));
    assert.deepEqual(drawn(deep).at(-1), [20_000, 20_000, true]);
  });
});
