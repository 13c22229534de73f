import assert from 'node:assert/strict';
import { exactMatch, exactMatchMetric } from '../../../src/engine/metrics/exactMatch.ts';
import { exampleWith } from './exampleWith.ts';

describe('Exact match', () => {
  it('keeps İ, NUL and an empty list of patterns as a person would expect', () => {
    assert.equal(exactMatch('İ', 'i', { ignore_case: true }), false);
    assert.equal(exactMatch('a\0', 'a'), false);
    assert.equal(exactMatch('a', 'a', { regexes_to_ignore: [] }), true);
  });
});

describe('Exact match as a metric', () => {
  const metric = exactMatchMetric('exact_match');

  it('says what was expected and what came', async () => {
    assert.deepEqual(await metric.score('refund', exampleWith('billing')), {
      value: 0,
      feedback: 'Expected billing, got refund.',
    });
    assert.deepEqual(await metric.score('billing', exampleWith('billing')), { value: 1 });
  });

  it('says when only outer whitespace or text around the answer is wrong', async () => {
    const spaced = await metric.score(' billing\n', exampleWith('billing'));
    assert.match(spaced.feedback ?? '', /outer whitespace only/u);
    const wrapped = await metric.score('The label is billing.', exampleWith('billing'));
    assert.match(wrapped.feedback ?? '', /other text around it/u);
  });

  it('cuts long texts in its feedback and never inside a character', async () => {
    const { feedback = '' } = await metric.score('😀'.repeat(500), exampleWith('x'));
    assert.ok(feedback.length < 500);
    assert.ok(!/\p{Surrogate}/u.test(feedback));
    assert.match(feedback, /500 characters/u);
  });

  it('names the line of a row that has no expected answer', async () => {
    await assert.rejects(metric.score('x', exampleWith(undefined)), /Line 7 has no expected/u);
  });
});
