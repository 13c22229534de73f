import assert from 'node:assert/strict';
import { accuracyMetric, labelIn } from '../../../src/engine/metrics/accuracy.ts';
import { exampleWith } from './exampleWith.ts';

describe('Accuracy', () => {
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
