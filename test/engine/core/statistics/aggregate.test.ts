import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Metric } from '../../../../src/engine/core/metric.ts';
import type { Score } from '../../../../src/engine/core/score.ts';
import {
  aggregateOf,
  changedRows,
  mcnemarMidP,
  pairedDifference,
  pairedPValue,
  wilsonInterval,
} from '../../../../src/engine/core/statistics.ts';
import { seededRandom } from '../../../../src/engine/core/random.ts';
import { metricNamed } from '../../../../src/engine/metrics/registry.ts';

const accuracy = metricNamed('accuracy');
const macroF1 = metricNamed('macro_f1');
const tokenF1 = metricNamed('token_f1');

function rightOrWrong(...values: number[]): Score[] {
  return values.map(value => ({ value }));
}

function labelled(pairs: string): Score[] {
  return pairs.split(' ').map(pair => {
    const [expected = '', predicted = ''] = pair;
    return { value: expected === predicted ? 1 : 0, statistic: { expected, predicted } };
  });
}

describe('Aggregate', () => {
  it('uses Wilson where rows are right or wrong', () => {
    const scores = rightOrWrong(1, 1, 0, 1);
    assert.deepEqual(aggregateOf(scores, accuracy, 1), {
      value: 0.75,
      ...wilsonInterval(3, 4),
      count: 4,
    });
  });

  it('resamples the corpus value of macro F1, not its rows', () => {
    const scores = labelled('aa aa aa ab bb bb ba cc ca aa bb cc');
    const aggregate = aggregateOf(scores, macroF1, 1);
    assert.equal(aggregate.value, macroF1.aggregate(scores));
    assert.notEqual(aggregate.low, wilsonInterval(9, 12).low);
    assert.ok(aggregate.low < aggregate.value && aggregate.value < aggregate.high);
  });

  it('gives the same interval for the same seed, another for another', () => {
    const scores = rightOrWrong(0.2, 0.5, 0.9, 1, 0.4, 0.7, 0.1);
    assert.deepEqual(aggregateOf(scores, tokenF1, 4), aggregateOf(scores, tokenF1, 4));
    assert.notDeepEqual(aggregateOf(scores, tokenF1, 4), aggregateOf(scores, tokenF1, 5));
  });

  it('claims no certainty from rows that are all alike, or from one row', () => {
    for (const scores of [rightOrWrong(0.5, 0.5, 0.5), rightOrWrong(0.5), labelled('aa aa')]) {
      const metric: Metric = scores[0]?.statistic ? macroF1 : tokenF1;
      const { low, high } = aggregateOf(scores, metric, 1);
      assert.ok(high - low > 0.2, `${low} to ${high}`);
    }
  });

  it('refuses no rows, which are not a score of 0', () => {
    assert.throws(() => aggregateOf([], accuracy, 1), RangeError);
  });

  it('covers the true mean of skewed scores about as often as it says', () => {
    const random = seededRandom(11, 'coverage');
    let covered = 0;
    const runs = 100;
    for (let run = 0; run < runs; run++) {
      const scores = Array.from({ length: 25 }, () => ({ value: random() ** 2 }));
      const { low, high } = aggregateOf(scores, tokenF1, run);
      if (low <= 1 / 3 && 1 / 3 <= high) covered++;
    }
    assert.ok(covered >= 0.88 * runs, `${covered} of ${runs}`);
  });
});

describe('Paired difference', () => {
  it('is after minus before, with an interval around it', () => {
    const { value, low, high, count } = pairedDifference(
      rightOrWrong(0, 0, 1, 0, 1, 0),
      rightOrWrong(1, 0, 1, 1, 1, 1),
      accuracy,
      1,
    );
    assert.ok(Math.abs(value - 0.5) < 1e-12);
    assert.ok(low < 0.5 && 0.5 < high && low > -1 && high < 1);
    assert.equal(count, 6);
  });

  it('does not call twenty unchanged rows a proof of equality', () => {
    const scores = rightOrWrong(...Array.from({ length: 20 }, (_, row) => row % 2));
    const { value, low, high } = pairedDifference(scores, scores, accuracy, 1);
    assert.equal(value, 0);
    assert.ok(low < -0.1 && high > 0.1);
    const graded = rightOrWrong(...Array.from({ length: 20 }, (_, row) => row / 20));
    const same = pairedDifference(graded, graded, tokenF1, 1);
    assert.ok(same.low < -0.1 && same.high > 0.1);
  });

  it('is narrower than the difference of two intervals, because rows are paired', () => {
    const random = seededRandom(2, 'pairs');
    const before = Array.from({ length: 60 }, () => ({ value: random() * 0.8 }));
    const after = before.map(score => ({ value: score.value + 0.1 + random() * 0.02 }));
    const paired = pairedDifference(before, after, tokenF1, 1);
    const alone = aggregateOf(after, tokenF1, 1);
    assert.ok(paired.high - paired.low < (alone.high - alone.low) / 4);
    assert.ok(paired.low > 0.09);
  });

  it('turns round when before and after change places', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), fc.boolean()), { minLength: 1 }), pairs => {
        const before = pairs.map(([value]) => ({ value: Number(value) }));
        const after = pairs.map(([, value]) => ({ value: Number(value) }));
        const one = pairedDifference(before, after, accuracy, 1);
        const other = pairedDifference(after, before, accuracy, 1);
        assert.ok(Math.abs(one.low + other.high) < 1e-6);
        assert.ok(one.low <= one.value && one.value <= one.high);
      }),
    );
  });

  it('refuses lists that do not belong together', () => {
    const one = rightOrWrong(1);
    const two = rightOrWrong(1, 0);
    assert.throws(() => pairedDifference(one, two, accuracy, 1), /1 rows cannot be paired/u);
    assert.throws(() => pairedPValue([], [], accuracy, 1), RangeError);
  });
});

describe('Paired p-value', () => {
  it('is McNemar mid-p where rows are right or wrong', () => {
    const before = rightOrWrong(0, 0, 0, 1, 1, 0, 0);
    const after = rightOrWrong(1, 1, 1, 0, 1, 1, 0);
    assert.deepEqual(changedRows(before, after), { fixed: 4, broken: 1 });
    assert.equal(pairedPValue(before, after, accuracy, 1), mcnemarMidP(4, 1));
  });

  it('is 1 for two equal systems, also where values are not 0 or 1', () => {
    const scores = rightOrWrong(0.2, 0.5, 0.9, 1);
    assert.equal(pairedPValue(scores, scores, tokenF1, 1), 1);
  });

  it('is small where every row gets better', () => {
    const before = Array.from({ length: 50 }, (_, row) => ({ value: (row % 10) / 20 }));
    const after = before.map((score, row) => ({ value: score.value + 0.2 + (row % 3) / 100 }));
    assert.ok(pairedPValue(before, after, tokenF1, 1) < 0.001);
  });
});
