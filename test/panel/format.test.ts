import assert from 'node:assert/strict';
import {
  firstLine,
  formatCost,
  formatCount,
  formatDifference,
  formatDuration,
  formatMeasured,
  formatPoints,
  formatRange,
  formatScore,
  formatTokens,
  formatUsd,
  plural,
  unbroken,
} from '../../src/panel/format.ts';

describe('Numbers for people', () => {
  it('separate thousands and never show a number that is none', () => {
    assert.equal(formatCount(1_150), '1,150');
    assert.equal(formatCount(-0), '0');
    assert.equal(formatCount(-12), '−12');
    assert.equal(formatCount(Number.NaN), '–');
  });

  it('take the plural where it is due', () => {
    assert.equal(plural(1, 'row'), '1 row');
    assert.equal(plural(0, 'row'), '0 rows');
    assert.equal(plural(1_150, 'row'), '1,150 rows');
    assert.equal(plural(2, 'try', 'tries'), '2 tries');
  });

  it('shorten tokens without losing their size', () => {
    const shown = [0, 950, 1_000, 4_120, 410_000, 999_499, 999_500, 1_250_000].map(formatTokens);
    assert.deepEqual(shown, ['0', '950', '1k', '4.1k', '410k', '999k', '1M', '1.3M']);
  });

  it('show USD with as many digits as make sense at that size', () => {
    const shown = [0, 0.00002, 0.0012, 0.0768, 0.41, 0.9996, 2, 1_204.5].map(formatUsd);
    assert.deepEqual(shown, [
      '$0',
      'less than $0.0001',
      '$0.0012',
      '$0.077',
      '$0.41',
      '$1.00',
      '$2.00',
      '$1,204.50',
    ]);
    assert.equal(formatUsd(-0.5), '−$0.50');
  });

  it('say that a price is unknown instead of calling it free', () => {
    assert.equal(formatCost({ usd: 0, unpriced: 3 }), 'price unknown');
    assert.equal(formatCost({ usd: 0.41, unpriced: 1 }), '$0.41 + 1 call of unknown price');
    assert.equal(formatCost({ usd: 0.41, unpriced: 0 }), '$0.41');
  });

  it('show a range once where both ends read the same', () => {
    assert.equal(formatRange({ low: 640, high: 1_150 }), '640 to 1,150');
    assert.equal(formatRange({ low: 0, high: 0 }, formatUsd), '$0');
  });

  it('never round a score up to perfect or down to nothing', () => {
    assert.deepEqual([1, 0.9984, 0.5, 0.002, 0].map(formatScore), [
      '1.00',
      '0.998',
      '0.50',
      '0.002',
      '0.00',
    ]);
  });

  it('show a score with its interval and rows, or that there is none', () => {
    const score = { value: 0.81, low: 0.72, high: 0.88, count: 50 };
    assert.equal(formatMeasured(score), '0.81 [0.72, 0.88] n=50');
    assert.equal(formatMeasured({ ...score, low: Number.NaN }), '0.81 n=50');
    assert.equal(formatMeasured({ ...score, count: 0 }), 'not measured');
  });

  it('show a difference in signed points with its interval', () => {
    const difference = { value: 0.075, low: -0.031, high: 0.12, count: 80 };
    assert.equal(formatDifference(difference), '+7.5 points [−3.1, 12.0]');
    assert.equal(formatDifference({ ...difference, count: 0 }), '–');
    assert.equal(formatPoints(-0.01), '−1.0 points');
    assert.equal(formatPoints(-0.0001), '±0 points');
  });

  it('show times in the two largest units that matter', () => {
    const shown = [0, 40_000, 120_000, 340_000, 7_500_000].map(formatDuration);
    assert.deepEqual(shown, ['0 s', '40 s', '2 min', '5 min 40 s', '2 h 5 min']);
  });
});

describe('A sentence for a narrow column', () => {
  it('keeps figures and their units on one line', () => {
    assert.equal(
      unbroken('Stopped at 96 %, asked for 95 %. Not distinguishable at n = 24 after 5 min 4 s.'),
      'Stopped at 96\u00a0%, asked for 95\u00a0%. Not distinguishable at n\u00a0=\u00a024 after 5\u00a0min 4\u00a0s.',
    );
    assert.equal(unbroken('+7.5 points [−3.1, 12.0]'), '+7.5\u00a0points [−3.1,\u00a012.0]');
    assert.equal(unbroken('3 sorted rows, 2 hours'), '3 sorted rows, 2 hours');
  });
});

describe('The first line of a text', () => {
  it('is cut between characters, never inside of one', () => {
    assert.equal(firstLine('  one\r\ntwo'), 'one');
    assert.equal(firstLine('👍👍👍👍', 3), '👍👍…');
    assert.equal(firstLine(''), '');
  });
});
