import assert from 'node:assert/strict';
import { ScoringError } from '../../../src/engine/core/errors.ts';
import { labelSetF1, labelSetIn } from '../../../src/engine/metrics/labelSets.ts';
import { metricNamed } from '../../../src/engine/metrics/registry.ts';
import { exampleWith } from './exampleWith.ts';

const rows = [
  ['a, b', 'a'],
  ['a', 'a'],
  ['', 'x'],
  ['c', 'c; a'],
  ['', ''],
  ['["b", "c", "d"]', 'b|c'],
  ['𠮷', 'ﬁ'],
].map(([due = '', given = '']) => ({ due: labelSetIn(due), given: labelSetIn(given) }));

describe('Sets of labels', () => {
  it('have the F1 of scikit-learn 1.9.1, averaged in each way', () => {
    const expected = {
      micro: 0.625,
      macro: 0.3523809523809524,
      weighted: 0.6166666666666667,
      // zero_division=1: a row without a label is right where it gets none.
      samples: 0.5904761904761904,
    } as const;
    for (const [average, value] of Object.entries(expected)) {
      const own = labelSetF1(rows, average as keyof typeof expected);
      assert.ok(Math.abs(own - value) < 1e-12, `${average}: ${own}`);
    }
  });

  it('are read from lists, commas, semicolons, bars and lines, without place or repetition', () => {
    for (const text of ['b, a', 'a;b', 'a | b ', 'b\na\n', '["a", "b", "a"]', ' a,,b,']) {
      assert.deepEqual([...labelSetIn(text)].sort(), ['a', 'b'], text);
    }
    assert.deepEqual([...labelSetIn('[a, b')].sort(), ['[a', 'b']);
    assert.deepEqual([...labelSetIn('A', { ignore_case: true })], ['a']);
    assert.equal(labelSetIn(' ').size, 0);
  });

  it('are right as a whole or not at all, and say what is missing', async () => {
    const metric = metricNamed('label_sets');
    assert.equal((await metric.score('b; a', exampleWith('a, b'))).value, 1);
    const wrong = await metric.score('a, x', exampleWith('a, b'));
    assert.equal(wrong.value, 0);
    assert.match(wrong.feedback ?? '', /missing: b; not expected: x/);
    const labels = { ...exampleWith(undefined), labels: ['a', 'b'] };
    assert.equal((await metric.score('b,a', labels)).value, 1);
    assert.equal((await metric.score('', { ...labels, labels: [] })).value, 1);
    await assert.rejects(metric.score('a', exampleWith(undefined)), ScoringError);
  });

  it('have a value for each row and one for all, from what the rows keep', async () => {
    const metric = metricNamed('label_sets_f1:average=macro');
    const scores = [];
    for (const { due, given } of rows) {
      const example = { ...exampleWith(undefined), labels: [...due] };
      scores.push(await metric.score(JSON.stringify([...given]), example));
    }
    assert.ok(Math.abs(metric.aggregate(scores) - 0.3523809523809524) < 1e-12);
    assert.ok(Math.abs((scores[0]?.value ?? 0) - 2 / 3) < 1e-12);
    const kept = JSON.parse(JSON.stringify(scores)) as typeof scores;
    assert.equal(metric.aggregate(kept), metric.aggregate(scores));
    assert.throws(() => metric.aggregate([{ value: 1 }]), /not made by label_sets_f1/);
  });
});
