import assert from 'node:assert/strict';
import { seededRandom } from '../../../src/engine/core/random.ts';
import { aggregateOf } from '../../../src/engine/core/statistics.ts';
import { metricNamed } from '../../../src/engine/metrics/registry.ts';
import { searchAggregate } from '../../../src/engine/optimize/searchAggregate.ts';

const tokenF1 = metricNamed('token_f1');

describe('A figure of the search', () => {
  it('is what a claim would say where rows are right or wrong', () => {
    const scores = [1, 0, 1, 1, 0, 1].map(value => ({ value }));
    const exact = metricNamed('exact_match');
    assert.deepEqual(searchAggregate(scores, exact, 1), aggregateOf(scores, exact, 1));
  });

  it('is the mean ± 1.96 standard errors for a mean of graded rows', () => {
    const values = [0.2, 0.4, 0.9, 0.7, 0.5, 0.3];
    const mean = values.reduce((sum, each) => sum + each, 0) / 6;
    const variance = values.reduce((sum, each) => sum + (each - mean) ** 2, 0) / 5;
    const found = searchAggregate(
      values.map(value => ({ value })),
      tokenF1,
      1,
    );
    const margin = 1.96 * Math.sqrt(variance / 6);
    assert.ok(Math.abs(found.value - mean) < 1e-12);
    assert.ok(Math.abs(found.low - (mean - margin)) < 1e-12);
    assert.ok(Math.abs(found.high - (mean + margin)) < 1e-12);
    assert.equal(found.count, 6);
  });

  it('has nearly the interval of the bootstrap on a hundred rows', () => {
    const random = seededRandom(1, 'rows');
    const scores = Array.from({ length: 100 }, () => ({ value: random() }));
    const quick = searchAggregate(scores, tokenF1, 1);
    const thorough = aggregateOf(scores, tokenF1, 1);
    assert.ok(Math.abs(quick.low - thorough.low) < 0.01);
    assert.ok(Math.abs(quick.high - thorough.high) < 0.01);
  });
});
