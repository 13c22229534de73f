import assert from 'node:assert/strict';
import { guardVerdict, pairedDifference } from '../../../../src/engine/core/statistics.ts';
import { metricNamed } from '../../../../src/engine/metrics/registry.ts';

describe('A metric that must not get worse', () => {
  const difference = (value: number, low: number, high: number) => ({
    value,
    low,
    high,
    count: 100,
  });

  it('has held where the interval stays within the margin, also for a small clear loss', () => {
    assert.equal(guardVerdict(difference(0.02, -0.01, 0.05), 0.02), 'held');
    assert.equal(guardVerdict(difference(-0.01, -0.015, -0.005), 0.02), 'held');
    assert.equal(guardVerdict(difference(0.05, 0.01, 0.09), 0), 'held');
  });

  it('is worse where the whole interval is below 0, or the loss beyond the margin', () => {
    assert.equal(guardVerdict(difference(-0.06, -0.1, -0.02), 0.08), 'worse');
    assert.equal(guardVerdict(difference(-0.06, -0.13, 0.01), 0.02), 'worse');
  });

  it('is unclear where the rows are too few to tell', () => {
    assert.equal(guardVerdict(difference(0, -0.1, 0.1), 0.02), 'unclear');
  });

  it('is judged on its own scale, where a falling error rate is no loss', async () => {
    const metric = metricNamed('wer');
    const row = (expected: string) => ({
      id: expected,
      inputs: {},
      expected,
      origin: 'file' as const,
      line: 1,
    });
    const texts = Array.from({ length: 30 }, (_, at) => `one two three ${at}`);
    const before = await Promise.all(texts.map(text => metric.score('one two', row(text))));
    const after = await Promise.all(texts.map(text => metric.score(text, row(text))));
    assert.equal(guardVerdict(pairedDifference(before, after, metric, 1), 0.01), 'held');
    assert.equal(guardVerdict(pairedDifference(after, before, metric, 1), 0.01), 'worse');
    // Half of the words are lost: a word error rate of 0.5, which is 0.33 of the engine's scale.
    assert.equal(guardVerdict(pairedDifference(after, before, metric, 1), 0.49), 'worse');
    assert.equal(guardVerdict(pairedDifference(after, before, metric, 1), 0.51), 'held');
  });
});
