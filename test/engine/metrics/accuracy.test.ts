import assert from 'node:assert/strict';
import { accuracy, accuracyMetric, labelIn } from '../../../src/engine/metrics/accuracy.ts';
import { assertClose, goldenVectors } from '../../support/goldenVectors.ts';
import { exampleWith } from './exampleWith.ts';

describe('Accuracy', () => {
  let checked = 0;
  for (const vector of goldenVectors('accuracy')) {
    // Weights and counts in place of shares are options that a dataset of rows has no place for;
    // the errors are limits of the reference's storage: text labels are what we are made for.
    if (Object.keys(vector.options).length > 0 || vector.expected['raises']) continue;
    // The reference casts 1.7 and true to 1; our labels are text, and "1.7" is not "1".
    if (['accuracy-044', 'accuracy-050'].includes(vector.id)) continue;
    it(`agrees with scikit-learn on ${vector.id}`, () => {
      const predicted = (vector.predictions as unknown[]).map(label => JSON.stringify(label));
      const expected = (vector.references as unknown[]).map(label => JSON.stringify(label));
      assertClose(accuracy(predicted, expected), vector.expected['accuracy'], vector.id);
    });
    checked++;
  }

  it('was held against the 38 that apply', () => {
    assert.equal(checked, 38);
  });

  it('leaves whitespace at both ends away, Python’s kinds of it, and nothing else', () => {
    assert.equal(labelIn(' \u0085\x1crefund\n'), 'refund');
    assert.equal(labelIn('\ufeffrefund'), '\ufeffrefund');
    assert.equal(labelIn('Refund.'), 'Refund.');
    assert.equal(labelIn('Refund', { ignore_case: true }), 'refund');
  });
});

describe('Accuracy as a metric', () => {
  it('takes a label with spaces around it, and says what it got instead', async () => {
    const metric = accuracyMetric('accuracy');
    assert.deepEqual(await metric.score(' refund\n', exampleWith('refund')), { value: 1 });
    assert.deepEqual(await metric.score('Refund', exampleWith('refund')), {
      value: 0,
      feedback: 'Expected refund, got Refund.',
    });
    assert.equal(metric.aggregate([{ value: 1 }, { value: 0 }]), 0.5);
  });

  it('calls an empty answer by its name', async () => {
    const { feedback } = await accuracyMetric('accuracy').score(' \n', exampleWith('refund'));
    assert.equal(feedback, 'Expected refund, got an empty answer.');
  });
});
