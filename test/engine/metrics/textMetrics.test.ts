import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ScoringError } from '../../../src/engine/core/errors.ts';
import type { Score } from '../../../src/engine/core/score.ts';
import { metricNamed } from '../../../src/engine/metrics/registry.ts';
import { ter } from '../../../src/engine/metrics/ter.ts';
import { assertClose, goldenVectors, numberIn } from '../../support/goldenVectors.ts';
import { exampleWith } from './exampleWith.ts';

const overlaps = [
  'token_f1',
  'squad',
  'squad_v2',
  'bleu',
  'sacrebleu',
  'google_bleu',
  'rouge1',
  'rouge2',
  'rougeL',
  'rougeLsum',
  'chrf',
  'chrf++',
  'meteor_no_wordnet',
];
const errorRates = ['wer', 'cer', 'ter'];

type Expected = readonly (string | readonly string[])[];

async function scoresOf(metric: string, answers: readonly string[], expected: Expected) {
  const made = metricNamed(metric);
  const scores: Score[] = [];
  for (const [row, answer] of answers.entries()) {
    const references = [expected[row] ?? []].flat();
    // What is stored is JSON: a statistic has to survive it.
    const score = await made.score(answer, { ...exampleWith(references[0]), references });
    scores.push(JSON.parse(JSON.stringify(score)) as Score);
  }
  return scores;
}

async function shown(metric: string, answers: readonly string[], expected: Expected) {
  const made = metricNamed(metric);
  const value = made.aggregate(await scoresOf(metric, answers, expected));
  assert.ok(value >= 0 && value <= 1, `${metric}: ${value}`);
  return made.shown?.(value) ?? value;
}

describe('Text metrics over rows', () => {
  /** Family of vectors, our metric, and the name of its figure. */
  const families = [
    ['bleu', 'bleu', 'bleu'],
    ['sacrebleu', 'sacrebleu', 'score'],
    ['google_bleu', 'google_bleu', 'google_bleu'],
    ['chrf', 'chrf', 'score'],
    ['ter', 'ter', 'score'],
    ['wer', 'wer', 'wer'],
    ['cer', 'cer', 'cer'],
    ['meteor', 'meteor_no_wordnet', 'meteor_no_wordnet'],
  ] as const;
  for (const [file, metric, figure] of families) {
    it(`show the corpus figure of the reference from what rows have kept: ${metric}`, async () => {
      let checked = 0;
      for (const vector of goldenVectors(file)) {
        const isPlain = Object.keys(vector.options).length === 0 && vector.metric === file;
        if (!isPlain || vector.expected['raises'] || vector.tags) continue;
        const answers = vector.predictions as string[];
        const actual = await shown(metric, answers, vector.references as Expected);
        assertClose(actual, numberIn(vector.expected[figure]), vector.id, 1e-9 * 100);
        checked++;
      }
      assert.ok(checked >= 10, `${checked} vectors`);
    });
  }

  it('say which end is good: error rates are minimised', () => {
    for (const name of [...errorRates, 'mae', 'mse', 'rmse']) {
      assert.equal(metricNamed(name).direction, 'lower', name);
    }
    for (const name of overlaps) assert.notEqual(metricNamed(name).direction, 'lower', name);
  });

  it('keep the order of error rates, also above 1, and lose nothing on the way back', async () => {
    const [none = 0, some = 0, many = 0] = (
      await scoresOf('wer', ['a b', 'a c', 'x y z u v'], ['a b', 'a b', 'a b'])
    ).map(score => score.value);
    assert.ok(none > some && some > many && many > 0);
    assertClose(metricNamed('wer').shown?.(many) ?? NaN, 2.5, 'five edits for two words');
  });

  it('are 1 for a text against itself', async () => {
    const text = 'The quick brown fox jumps over the lazy dog.';
    for (const name of [...overlaps, ...errorRates]) {
      if (name === 'meteor_no_wordnet') continue;
      const [score] = await scoresOf(name, [text], [text]);
      assert.equal(score?.value, 1, name);
      assert.equal(score.feedback, undefined, name);
    }
  });

  it('stay in 0..1 and never throw, whatever the texts are', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc
        .array(fc.constantFrom('the', 'cat.', "isn't", '中文。', '\n', '🎉', '...', '', "'"))
        .map(words => words.join(' ')),
    );
    await fc.assert(
      fc.asyncProperty(text, text, async (answer, expected) => {
        for (const name of [...overlaps, ...errorRates]) {
          const value = await metricNamed(name).score(answer, exampleWith(expected));
          assert.ok(value.value >= 0 && value.value <= 1, `${name}: ${value.value}`);
          await shown(name, [answer, 'x'], [expected, 'x']);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('say that ROUGE cannot read other scripts', async () => {
    const score = await metricNamed('rouge1').score('Привет', exampleWith('Привет'));
    assert.equal(score.value, 0);
    assert.match(score.feedback ?? '', /use chrf/u);
  });

  it('take an empty expected answer of SQuAD 2.0 for "there is no answer"', async () => {
    const metric = metricNamed('squad_v2');
    assert.equal((await metric.score('', exampleWith(''))).value, 1);
    assert.equal((await metric.score('Paris', exampleWith(''))).value, 0);
    const exact = metricNamed('squad:figure=exact');
    assert.equal((await exact.score('The Paris!', exampleWith('paris'))).value, 1);
    assert.equal((await exact.score('Paris, France', exampleWith('paris'))).value, 0);
  });
});

describe('Metrics of numbers', () => {
  it('show errors and correlations on their own scale', async () => {
    const answers = ['1', ' 2.5\n', '-3e1'];
    const expected = ['2', '2.5', '-33'];
    assertClose(await shown('mae', answers, expected), 4 / 3, 'mae');
    assertClose(await shown('mse', answers, expected), 10 / 3, 'mse');
    assertClose(await shown('rmse', answers, expected), Math.sqrt(10 / 3), 'rmse');
    assertClose(await shown('spearman', answers, expected), 1, 'spearman');
    assertClose(await shown('pearson', ['1', '2', '3'], ['3', '2', '1']), -1, 'pearson');
    assertClose(
      await shown('pearson', ['1', '1'], ['3', '2']),
      0,
      'a constant side is no relation',
    );
    assertClose(await shown('pearson', ['1'], ['3']), 0, 'one row is no relation');
  });

  it('do not score an answer that is no number, or a row without one', async () => {
    const metric = metricNamed('mae');
    for (const answer of ['', 'about 5', '0x10', '1,000', 'NaN', 'Infinity', '1e999', '5 6']) {
      await assert.rejects(metric.score(answer, exampleWith('5')), ScoringError, answer);
    }
    await assert.rejects(
      metric.score('5', exampleWith('five')),
      /Line 7: the expected answer five/u,
    );
  });
});

describe('TER with normalization', () => {
  it('prepares references twice and answers once, as sacrebleu 2.6.0 does', () => {
    // At the end of a line `it's` stays one word the first time and is two words the second time.
    const text = "cat it's\r\na dog";
    const options = { normalized: true };
    assert.deepEqual(ter([text], [[text]], options), {
      score: 40,
      num_edits: 2,
      ref_length: 5,
    });
    assert.equal(ter([text], [[text]]).num_edits, 0);
  });
});
