import assert from 'node:assert/strict';
import fc from 'fast-check';
import { squadTokens, tokenF1, tokenF1Metric } from '../../../src/engine/metrics/tokenF1.ts';
import { exampleWith } from './exampleWith.ts';

describe('Token F1', () => {
  it('does not take the end of España or niña for an article', () => {
    assert.deepEqual(squadTokens('La niña de España, a the An'), ['la', 'niña', 'de', 'españa']);
  });

  it('is the same in both directions, and 1 for a text against itself', () => {
    const words = fc.array(fc.constantFrom('one', 'two', 'the', 'Two.', '7')).map(w => w.join(' '));
    fc.assert(
      fc.property(words, words, (left, right) => {
        assert.ok(Math.abs(tokenF1(left, right) - tokenF1(right, left)) < 1e-12);
        assert.equal(tokenF1(left, left), squadTokens(left).length > 0 ? 1 : 0);
      }),
    );
  });
});

describe('Token F1 as a metric', () => {
  it('names missing and surplus words', async () => {
    const metric = tokenF1Metric('token_f1');
    const score = await metric.score('the red car', exampleWith('a blue car'));
    assert.equal(score.value, 0.5);
    assert.equal(
      score.feedback,
      'Expected a blue car, got the red car. Missing: blue. Not expected: red.',
    );
    assert.deepEqual(await metric.score('Blue car!', exampleWith('a blue car')), { value: 1 });
  });
});
