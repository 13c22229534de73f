import assert from 'node:assert/strict';
import { RequestError } from '../../../src/engine/core/errors.ts';
import {
  exactMatch,
  exactMatchMetric,
  type ExactMatchOptions,
} from '../../../src/engine/metrics/exactMatch.ts';
import { assertClose, goldenVectors } from '../../support/goldenVectors.ts';
import { exampleWith } from './exampleWith.ts';

/** Vectors of artefacts of numpy, and what we do in their place. */
const notFollowed: Readonly<Record<string, string>> = {
  'exact_match-070': 'an empty list of patterns compares whole lists; ours compares rows',
  'exact_match-073': 'numpy cuts "İ" in lower case back to one code point; ours keeps both',
  'exact_match-075': 'numpy drops NUL at the end of a text; ours keeps it',
  'exact_match-077': 'lists of different length cannot be handed in, a row has both texts',
  'exact_match-082': 'predictions that are no text cannot be handed in',
};

describe('Exact match', () => {
  for (const vector of goldenVectors('exact_match')) {
    const options = vector.options as ExactMatchOptions;
    const predictions = vector.predictions as string[];
    const references = vector.references as string[];
    if (notFollowed[vector.id]) continue;
    it(`agrees with Hugging Face evaluate on ${vector.id} ${JSON.stringify(options)}`, () => {
      const rows = (): number[] =>
        predictions.map((text, row) => Number(exactMatch(text, references[row] ?? '', options)));
      if (vector.expected['raises']) {
        assert.throws(rows, RequestError);
        return;
      }
      if (vector.expected['per_item']) assert.deepEqual(rows(), vector.expected['per_item']);
      const mean = rows().reduce((sum, row) => sum + row, 0) / predictions.length;
      assertClose(mean, vector.expected['exact_match'], vector.id);
    });
  }

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
