import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Example, Split } from '../../../src/engine/core/example.ts';
import { minimumRows, splitExamples } from '../../../src/engine/datasets/split.ts';

const splits: readonly Split[] = ['train', 'validation', 'test'];

function rows(count: number, prefix = 'row'): Example[] {
  return Array.from({ length: count }, (_, at) => row(`${prefix} ${at}`, at));
}

function row(input: string, at: number, expected = 'x'): Example {
  return {
    id: `${input}/${expected}/${at}`,
    inputs: { input },
    expected,
    origin: 'file',
    line: at,
  };
}

function placeOf(parts: Record<Split, Example[]>): Map<string, Split> {
  return new Map(splits.flatMap(split => parts[split].map(each => [each.id, split] as const)));
}

describe('Splitting', () => {
  it('gives each row one place, and each split rows from six rows on', () => {
    fc.assert(
      fc.property(fc.integer({ min: minimumRows, max: 80 }), fc.string(), (count, prefix) => {
        const examples = rows(count, prefix);
        const parts = splitExamples(examples);
        for (const split of splits) assert.ok(parts[split].length > 0, split);
        const placed = splits.flatMap(split => parts[split].map(each => each.id));
        assert.deepEqual(placed.sort(), examples.map(each => each.id).sort());
      }),
    );
  });

  it('takes about 40 % for the test, 25 % to validate and 35 % to train', () => {
    const parts = splitExamples(rows(1000));
    assert.ok(Math.abs(parts.test.length - 400) < 50, String(parts.test.length));
    assert.ok(Math.abs(parts.validation.length - 250) < 45, String(parts.validation.length));
    assert.ok(Math.abs(parts.train.length - 350) < 50, String(parts.train.length));
  });

  it('takes the shares that it is given, and refuses those that leave a split without rows', () => {
    const shares = { train: 0.2, validation: 0.2, test: 0.6 };
    const parts = splitExamples(rows(500), { shares });
    assert.ok(Math.abs(parts.train.length - 100) < 35, String(parts.train.length));
    assert.ok(Math.abs(parts.test.length - 300) < 45, String(parts.test.length));
    for (const wrong of [
      { train: 0.5, validation: 0.5, test: 0 },
      { train: 0.5, validation: 0.4, test: 0.3 },
      { train: NaN, validation: 0.5, test: 0.5 },
    ]) {
      assert.throws(() => splitExamples(rows(50), { shares: wrong }), /add up to 100/);
    }
  });

  it('never moves a row to another split when rows are added or removed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 40, max: 300 }), fc.nat(300), (count, added) => {
        const before = placeOf(splitExamples(rows(count)));
        const after = placeOf(splitExamples([...rows(added, 'new'), ...rows(count)]));
        for (const [id, split] of before) assert.equal(after.get(id), split);
      }),
    );
  });

  it('lets no row change sides between 5,000 rows and more; the rest is in reserve', () => {
    const before = splitExamples(rows(5000));
    assert.deepEqual(
      splits.map(split => before[split].length),
      [1000, 400, 600],
    );
    const earlier = placeOf(before);
    const after = placeOf(splitExamples(rows(6000)));
    for (const [id, split] of after) {
      const old = earlier.get(id);
      if (old !== undefined) assert.equal(old, split);
    }
  });

  it('keeps rows with the same input together, whatever they expect', () => {
    const twins = Array.from({ length: 60 }, (_, at) => [
      row(`Text ${at}`, at, 'a'),
      row(`text  ${at} `, at, 'b'),
    ]).flat();
    const parts = splitExamples(twins);
    for (const split of splits) {
      const inputs = parts[split].map(each => each.inputs['input']?.trim().toLowerCase());
      const pairs = new Map<string, number>();
      for (const input of inputs) {
        const key = (input ?? '').replace(/ +/gu, ' ');
        pairs.set(key, (pairs.get(key) ?? 0) + 1);
      }
      for (const [key, count] of pairs) assert.equal(count, 2, key);
    }
  });

  it('does not move a row that is relabelled', () => {
    const before = splitExamples(rows(50));
    const relabelled = rows(50).map(each => ({ ...each, expected: 'other' }));
    assert.deepEqual(
      splitExamples(relabelled).test.map(each => each.id),
      before.test.map(each => each.id),
    );
  });

  it('keeps the order of the file, and changes with the salt', () => {
    const parts = splitExamples(rows(100));
    const lines = parts.train.map(each => each.line);
    assert.deepEqual(
      lines,
      [...lines].sort((left, right) => left - right),
    );
    assert.notDeepEqual(splitExamples(rows(100), { salt: 'salt' }).train, parts.train);
  });

  it('leaves splits empty below six rows, and where all rows are the same', () => {
    assert.deepEqual(splitExamples([]), { train: [], validation: [], test: [] });
    const one = splitExamples(rows(1));
    assert.equal(splits.flatMap(split => one[split]).length, 1);
    const same = splitExamples(Array.from({ length: 10 }, (_, at) => row('same', at)));
    assert.equal(splits.filter(split => same[split].length > 0).length, 1);
  });
});
