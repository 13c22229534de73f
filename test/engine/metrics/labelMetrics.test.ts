import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Score } from '../../../src/engine/core/score.ts';
import { cohensKappa } from '../../../src/engine/metrics/cohensKappa.ts';
import { confusionMatrix, confusionTable } from '../../../src/engine/metrics/confusionMatrix.ts';
import { labelsOf, type LabelPair } from '../../../src/engine/metrics/labels.ts';
import { matthewsCorrelation } from '../../../src/engine/metrics/matthewsCorrelation.ts';
import { averagedScores, labelScores } from '../../../src/engine/metrics/precisionRecallF1.ts';
import { metricNamed } from '../../../src/engine/metrics/registry.ts';
import { assertClose } from '../../support/goldenVectors.ts';
import { exampleWith } from './exampleWith.ts';

const labels = fc.constantFrom('yes', 'no', 'maybe', '__proto__');
const rows = fc.array(fc.record({ expected: labels, predicted: labels }), { minLength: 1 });

/** Scores of answers written as `expected>answer`. */
async function scored(metric: string, answers: string): Promise<Score[]> {
  return Promise.all(
    answers.split(' ').map(answer => {
      const [expected = '', output = ''] = answer.split('>');
      return metricNamed(metric).score(` ${output}\n`, exampleWith(expected));
    }),
  );
}

async function corpusValue(metric: string, answers: string): Promise<number> {
  const made = metricNamed(metric);
  const value = made.aggregate(await scored(metric, answers));
  return made.shown?.(value) ?? value;
}

describe('Metrics over labels', () => {
  it('make the corpus value from the pairs of labels, not from the rows', async () => {
    const scores = await scored('macro_f1', 'a>a a>a a>a b>a');
    assert.deepEqual(
      scores.map(score => score.value),
      [1, 1, 1, 0],
    );
    // f1(a) = 6/7, f1(b) = 0.
    assertClose(metricNamed('macro_f1').aggregate(scores), 3 / 7, 'corpus value');
    assert.equal(scores[3]?.feedback, 'Expected b, got a.');
  });

  it('average over labels by macro, weighted and micro, or look at one label', async () => {
    const answers = 'a>a a>a a>a b>a';
    assertClose(await corpusValue('f1', answers), 3 / 7, 'macro is the default');
    assertClose(await corpusValue('f1:average=weighted', answers), (3 * 6) / 7 / 4, 'weighted');
    assertClose(await corpusValue('f1:average=micro', answers), 3 / 4, 'micro');
    assertClose(await corpusValue('precision:pos_label=a', answers), 3 / 4, 'precision of a');
    assertClose(await corpusValue('recall:pos_label=b', answers), 0, 'recall of b');
    assertClose(
      await corpusValue('recall:pos_label=A,ignore_case', 'A>a'),
      0,
      'labels are lowered',
    );
  });

  it('show correlation and kappa on their own scale, −1 to 1', async () => {
    assertClose(await corpusValue('matthews_correlation', 'a>b b>a a>b b>a'), -1, 'all wrong');
    assertClose(await corpusValue('matthews_correlation', 'a>a b>b'), 1, 'all right');
    assertClose(await corpusValue('cohens_kappa', 'a>a b>b a>b b>a'), 0, 'chance');
    assertClose(await corpusValue('cohens_kappa', 'a>a a>a'), 0, 'one label only: not defined');
    const { range, direction } = metricNamed('cohens_kappa');
    assert.deepEqual([range, direction], [[-1, 1], 'higher']);
  });

  it('refuse scores of another metric', () => {
    for (const name of ['macro_f1', 'cohens_kappa', 'wer', 'bleu', 'chrf']) {
      assert.throws(() => metricNamed(name).aggregate([{ value: 1 }]), /not made by/u, name);
    }
  });

  it('are 1 exactly where every answer is right, and stay in their range', () => {
    fc.assert(
      fc.property(rows, pairs => {
        const right = pairs.every(pair => pair.expected === pair.predicted);
        for (const average of ['macro', 'weighted', 'micro'] as const) {
          const { precision, recall, f1 } = averagedScores(pairs, { average });
          assert.equal(Math.abs(f1 - 1) < 1e-12, right);
          for (const figure of [precision, recall, f1])
            assert.ok(figure >= 0 && figure <= 1 + 1e-12);
        }
        const matthews = matthewsCorrelation(pairs);
        assert.ok(matthews >= -1 - 1e-12 && matthews <= 1 + 1e-12);
      }),
    );
  });

  it('do not care who is called expected where the measure is symmetric', () => {
    fc.assert(
      fc.property(rows, pairs => {
        const turned = pairs.map(({ expected, predicted }) => ({
          expected: predicted,
          predicted: expected,
        }));
        assertClose(matthewsCorrelation(turned), matthewsCorrelation(pairs), 'matthews');
        assertClose(cohensKappa(turned), cohensKappa(pairs), 'kappa');
        const one = averagedScores(pairs, { average: 'macro' });
        const other = averagedScores(turned, { average: 'macro' });
        assertClose(one.precision, other.recall, 'precision and recall change places');
      }),
    );
  });

  it('keep labels such as __proto__ and constructor apart, and 1 from "1"', () => {
    const pairs: LabelPair[] = ['__proto__', 'constructor', 'toString', 1, '1'].map(label => ({
      expected: label,
      predicted: label,
    }));
    assert.equal(labelScores(pairs).length, 5);
    assert.equal(averagedScores(pairs, { average: 'macro' }).f1, 1);
  });

  it('order labels as Python does: numbers by value, texts by code point', () => {
    const texts = ['b', '𠮷', 'ﬁ', 'B', 'ab', 'a'].map(label => ({
      expected: label,
      predicted: label,
    }));
    assert.deepEqual(labelsOf(texts), ['B', 'a', 'ab', 'b', 'ﬁ', '𠮷']);
    assert.deepEqual(labelsOf([{ expected: 10, predicted: 9 }]), [9, 10]);
  });
});

describe('Confusion matrix', () => {
  const pairs = [
    { expected: 'yes', predicted: 'yes' },
    { expected: 'yes', predicted: 'no' },
    { expected: 'no', predicted: 'no' },
    { expected: 'no', predicted: 'Well, it depends.' },
  ];

  it('has expected labels in rows and answers in columns', () => {
    assert.deepEqual(confusionMatrix(pairs, { labels: ['yes', 'no'] }), [
      [1, 1],
      [0, 1],
    ]);
  });

  it('counts answers that are no label apart, for a person to see', () => {
    assert.deepEqual(confusionTable(pairs), {
      labels: ['no', 'yes'],
      counts: [
        [1, 0],
        [1, 1],
      ],
      others: [1, 0],
    });
  });
});
