import assert from 'node:assert/strict';
import { metricNamed } from '../../../src/engine/metrics/registry.ts';
import type { PairedRows } from '../../../src/engine/optimize/paired.ts';
import { reasonAgainst, type ShippingFacts } from '../../../src/engine/optimize/shipping.ts';
import { collect } from '../../support/builders.ts';
import { textOf } from '../../support/scriptedModel.ts';
import { crateOf, seed, sheds, sortingRun } from './sortingWorld.ts';

const answers = Object.values(sheds);

/** Rows that one prompt fixes and breaks among `rows`, the others right with both. */
function pair(rows: number, fixed: number, broken: number, lost = 0): PairedRows {
  const value = (at: number, wrong: (at: number) => boolean) => ({ value: wrong(at) ? 0 : 1 });
  const list = Array.from({ length: rows }, (_, at) => at);
  return {
    before: list.map(at => value(at, row => row < fixed)),
    after: list.map(at => value(at, row => row >= fixed && row < fixed + broken)),
    gain: (fixed - broken) / rows,
    fixed,
    broken,
    lost,
  };
}

function against(facts: Partial<ShippingFacts>): string | undefined {
  return reasonAgainst({
    validation: undefined,
    test: undefined,
    claimedBetter: false,
    aim: 'better',
    metric: metricNamed('accuracy'),
    seed: 1,
    ...facts,
  });
}

describe('What a winner has to show before it is returned', () => {
  it('is that the rows it was not made from speak for it, all together', () => {
    assert.equal(against({ validation: pair(7, 3, 0), test: pair(6, 2, 0) }), undefined);
    assert.equal(
      against({ validation: pair(58, 6, 2), test: pair(60, 4, 1) }),
      'The prompt that won the search is not shown to be better (10 fixed and 3 broken on 118 rows that it was not made from), so the original stays.',
    );
  });

  it('is that neither validation nor test rows speak against it', () => {
    assert.match(against({ validation: pair(58, 20, 0), test: pair(60, 2, 3) }) ?? '', /original/);
    assert.match(against({ validation: pair(58, 2, 3), test: pair(60, 20, 4) }) ?? '', /original/);
  });

  it('is a claim that it is better, whatever the validation rows say beside it', () => {
    const facts = { validation: pair(58, 4, 4), test: pair(60, 6, 0), claimedBetter: true };
    assert.equal(against(facts), undefined);
  });

  it('is more than a tie, which the original wins', () => {
    assert.match(against({ validation: pair(50, 0, 0), test: pair(60, 0, 0) }) ?? '', /0 fixed/);
    assert.match(against({}) ?? '', /^No row/);
  });

  it('is, for a shorter prompt, that a loss of five points can be ruled out', () => {
    const shorter = { aim: 'shorter' } as const;
    assert.equal(
      against({ ...shorter, validation: pair(50, 1, 1), test: pair(80, 0, 0) }),
      undefined,
    );
    assert.match(
      against({ ...shorter, validation: pair(20, 0, 0), test: pair(20, 0, 0) }) ?? '',
      /not shown to lose less than 5 points \(0 fixed and 0 broken on 40 rows/,
    );
    assert.match(
      against({ ...shorter, validation: pair(100, 0, 0, 1), test: pair(200, 0, 0) }) ?? '',
      /shorter prompt/,
    );
  });
});

describe('A search whose winner only had luck on the validation rows', () => {
  it('returns the original and says why, and keeps what it measured', async () => {
    const lucky = `${seed}\nTry harder.`;
    const { state } = await collect(
      sortingRun({
        proposals: [lucky],
        settings: { maxIterations: 1 },
        task: request => {
          const crate = crateOf(request);
          const right = answers[crate % 4] ?? '';
          const isLucky = textOf(request).includes('Try harder.');
          if (crate >= 70) return right;
          if (isLucky) return crate % 4 < 2 || crate < 40 ? right : 'unknown';
          // Four validation rows are right with the winner only, none the other way round.
          return crate % 4 < 2 && (crate < 40 || crate >= 48) ? right : 'unknown';
        },
      }).events,
    );
    assert.ok(state.trials[0]?.status === 'decided' && state.trials[0].accepted);
    assert.equal(state.ended?.bestId, state.header?.original.id);
    assert.match(
      state.ended?.sentence ?? '',
      /not shown to be better \(4 fixed and 0 broken on 60 rows/,
    );
    assert.equal(state.claim?.bestId, state.trials[0].candidateId);
  });
});
