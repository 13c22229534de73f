import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  labelScores,
  macroF1,
  macroF1Metric,
  type LabelPair,
} from '../../../src/engine/metrics/macroF1.ts';
import { assertClose, goldenVectors, type Vector } from '../../support/goldenVectors.ts';
import { exampleWith } from './exampleWith.ts';

describe('Macro F1', () => {
  let checked = 0;
  for (const vector of goldenVectors('precision_recall_f1')) {
    const { average, zero_division, sample_weight } = vector.options;
    // Micro and weighted means, one positive label, weights and a zero division of 1 are not offered.
    if (average !== 'macro' && average !== null) continue;
    if (sample_weight || zero_division === 1 || vector.expected['raises']) continue;
    checked++;
    it(`agrees with scikit-learn on ${vector.id} (${vector.metric}, ${average ?? 'by label'})`, () => {
      const kind = vector.metric as 'precision' | 'recall' | 'f1';
      const scores = labelScores(pairsOf(vector), labelsOf(vector)).map(score => score[kind]);
      const wanted = vector.expected[vector.metric];
      if (average === null) {
        const list = Array.isArray(wanted) ? wanted : [wanted];
        assert.equal(scores.length, list.length);
        scores.forEach((score, at) => assertClose(score, list[at], `${vector.id} ${at}`));
      } else {
        const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
        assertClose(mean, wanted, vector.id);
        if (kind === 'f1') assertClose(macroF1(pairsOf(vector), labelsOf(vector)), wanted, 'f1');
      }
    });
  }

  it('was held against a hundred vectors', () => {
    assert.ok(checked >= 100, String(checked));
  });

  it('equals 1 exactly where every answer is right', () => {
    const pairs = fc.array(fc.record({ expected: fc.string(), predicted: fc.string() }), {
      minLength: 1,
    });
    fc.assert(
      fc.property(pairs, rows => {
        const right = rows.every(row => row.expected === row.predicted);
        const value = macroF1(rows);
        assert.ok(value >= 0 && value <= 1);
        assert.equal(value === 1, right);
      }),
    );
  });

  it('keeps labels such as __proto__ and constructor apart', () => {
    const pairs = ['__proto__', 'constructor', 'toString'].map(label => ({
      expected: label,
      predicted: label,
    }));
    assert.equal(macroF1(pairs), 1);
    assert.equal(labelScores(pairs).length, 3);
  });
});

describe('Macro F1 as a metric', () => {
  it('makes the corpus value from the pairs of labels, not from the rows', async () => {
    const metric = macroF1Metric('macro_f1');
    const answers = [
      ['a', 'a'],
      ['a', 'a'],
      ['a', 'a'],
      ['b', 'a'],
    ] as const;
    const scores = await Promise.all(
      answers.map(([expected, output]) => metric.score(` ${output} `, exampleWith(expected))),
    );
    assert.deepEqual(
      scores.map(score => score.value),
      [1, 1, 1, 0],
    );
    // f1(a) = 6/7, f1(b) = 0.
    assertClose(metric.aggregate(scores), 3 / 7, 'corpus value');
    assert.equal(scores[3]?.feedback, 'Expected b, got a.');
  });

  it('refuses scores of another metric', () => {
    assert.throws(
      () => macroF1Metric('macro_f1').aggregate([{ value: 1 }]),
      /not made by macro_f1/u,
    );
  });
});

/** Labels are numbers in the vectors and text here, in the numbers' order. */
function pairsOf(vector: Vector): LabelPair[] {
  const references = vector.references as unknown[];
  return (vector.predictions as unknown[]).map((predicted, row) => ({
    expected: String(references[row]),
    predicted: String(predicted),
  }));
}

function labelsOf(vector: Vector): string[] {
  const given = vector.options['labels'] as unknown[] | undefined;
  if (given) return given.map(String);
  const all = [...(vector.references as unknown[]), ...(vector.predictions as unknown[])];
  const labels = [...new Set(all.map(String))];
  return labels.every(label => /^-?\d+$/u.test(label))
    ? labels.sort((left, right) => Number(left) - Number(right))
    : labels.sort(byCodePoint);
}

/** The order of Python: JavaScript's own puts astral characters before U+FB01. */
function byCodePoint(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}
