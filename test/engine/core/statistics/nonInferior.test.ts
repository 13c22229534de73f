import assert from 'node:assert/strict';
import type { Score } from '../../../../src/engine/core/score.ts';
import { seededRandom } from '../../../../src/engine/core/random.ts';
import { excludesLoss } from '../../../../src/engine/core/statistics.ts';
import { metricNamed } from '../../../../src/engine/metrics/registry.ts';

const facts = { metric: metricNamed('accuracy'), margin: 0.05, seed: 1 };

/** Scores of two prompts, of which the second loses `broken` and gains `fixed` of so many rows. */
function scores(count: number, fixed: number, broken: number): [Score[], Score[]] {
  const rows = Array.from({ length: count }, (_, at) => at);
  return [
    rows.map(at => ({ value: at < fixed ? 0 : 1 })),
    rows.map(at => ({ value: at >= fixed && at < fixed + broken ? 0 : 1 })),
  ];
}

describe('A loss that is excluded', () => {
  it('takes rows: with none changed, 52 for five points', () => {
    assert.equal(excludesLoss(...scores(51, 0, 0), facts), false);
    assert.equal(excludesLoss(...scores(52, 0, 0), facts), true);
    assert.equal(excludesLoss([], [], facts), false);
  });

  it('is not where more rows broke than the margin leaves room for', () => {
    assert.equal(excludesLoss(...scores(200, 7, 7), facts), true);
    assert.equal(excludesLoss(...scores(200, 4, 10), facts), false);
  });

  it('is excluded wrongly in about five of a hundred cases at most, where it is true', () => {
    const random = seededRandom(7, 'true loss of five points');
    let wrong = 0;
    const times = 2000;
    for (let time = 0; time < times; time++) {
      let [fixed, broken] = [0, 0];
      for (let row = 0; row < 200; row++) {
        const draw = random();
        if (draw < 0.05) fixed++;
        else if (draw < 0.15) broken++;
      }
      if (excludesLoss(...scores(200, fixed, broken), facts)) wrong++;
    }
    assert.ok(wrong / times <= 0.065, `${wrong} of ${times}`);
    assert.ok(wrong > 0);
  });

  it('of a graded metric comes from resampled rows', () => {
    const graded = { ...facts, metric: { ...facts.metric, aggregate: mean } };
    const before = Array.from({ length: 120 }, (_, at) => ({ value: (at % 10) / 10 }));
    const same = before.map(({ value }, at) => ({ value: value + (at % 2 === 0 ? 0.01 : -0.01) }));
    const less = before.map(({ value }) => ({ value: Math.max(0, value - 0.1) }));
    assert.equal(excludesLoss(before, same, graded), true);
    assert.equal(excludesLoss(before, less, graded), false);
  });
});

function mean(list: readonly Score[]): number {
  return list.reduce((sum, { value }) => sum + value, 0) / list.length;
}
