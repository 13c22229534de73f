import assert from 'node:assert/strict';
import type { Example } from '../../../src/engine/core/example.ts';
import { seededRandom, shuffled } from '../../../src/engine/core/random.ts';
import { areFew, foldsOf } from '../../../src/engine/datasets/folds.ts';
import { anExample } from '../../support/builders.ts';

const words = ['anvil', 'birch', 'comet', 'drum', 'ember', 'fjord', 'grape', 'harbour', 'ivory'];

/** Rows that do not resemble each other; every third one is `rare`. */
function rowsUpTo(count: number): Example[] {
  return Array.from({ length: count }, (_, at) => {
    const random = seededRandom(at, 'words');
    const text = Array.from({ length: 9 }, () => words[Math.floor(random() * words.length)]);
    return anExample(at, `${at} ${text.join(' ')} ${at * 7919}`, at % 3 === 0 ? 'rare' : 'usual');
  });
}

const idsOf = (examples: readonly Example[]): string[] => examples.map(({ id }) => id);

describe('The folds of a cross-validation', () => {
  for (const [rows, folds] of [
    [6, 3],
    [8, 4],
    [10, 5],
    [29, 5],
  ] as const) {
    it(`hold each of ${rows} rows out once, in ${folds} folds of about one size`, () => {
      const examples = rowsUpTo(rows);
      const dealt = foldsOf(examples);
      assert.equal(dealt.folds.length, folds);
      const held = dealt.folds.flatMap(({ test }) => idsOf(test));
      assert.deepEqual(held.sort(), idsOf(examples).sort());
      for (const { train, validation, test } of [dealt.whole, ...dealt.folds]) {
        assert.deepEqual([...train, ...validation, ...test].sort(byLine), examples);
        assert.ok(
          train.length >= 2 && validation.length >= 1,
          `${train.length}/${validation.length}`,
        );
      }
      const sizes = dealt.folds.map(({ test }) => test.length);
      assert.ok(Math.max(...sizes) - Math.min(...sizes) <= 1, sizes.join());
      assert.equal(dealt.whole.test.length, 0);
    });
  }

  it('have their share of a rare label, and so do the rows that their search learns and chooses by', () => {
    const { folds } = foldsOf(rowsUpTo(27));
    for (const { train, validation, test } of folds) {
      const rare = [train, validation, test].map(
        rows => rows.filter(({ expected }) => expected === 'rare').length,
      );
      assert.ok((rare[2] ?? 0) >= 1 && (rare[2] ?? 0) <= 2, rare.join());
      assert.ok((rare[1] ?? 0) >= 2 && (rare[0] ?? 0) >= 3, rare.join());
    }
  });

  it('are the same whatever the order of the file', () => {
    const examples = rowsUpTo(23);
    const mixed = shuffled(examples, seededRandom(5, 'order'));
    const ids = (dealt: ReturnType<typeof foldsOf>): string[][] =>
      [dealt.whole, ...dealt.folds].flatMap(({ train, validation, test }) =>
        [train, validation, test].map(rows => idsOf(rows).sort()),
      );
    assert.deepEqual(ids(foldsOf(mixed)), ids(foldsOf(examples)));
  });

  it('keep rows together that say the same, or nearly', () => {
    const examples = rowsUpTo(20);
    const [first] = examples;
    assert.ok(first);
    const near = anExample(90, `${first.inputs['text'] ?? ''}!`, 'usual');
    const again = anExample(91, first.inputs['text']?.toUpperCase() ?? '', 'rare');
    for (const { test } of foldsOf([...examples, near, again]).folds) {
      const held = idsOf(test).filter(id => [first.id, near.id, again.id].includes(id));
      assert.ok(held.length === 0 || held.length === 3, held.join());
    }
  });

  it('divide what they do not hold out as the shares say', () => {
    const { folds, whole } = foldsOf(rowsUpTo(25), { train: 0.6, validation: 0.2, test: 0.2 });
    assert.deepEqual([whole.train.length, whole.validation.length], [19, 6]);
    for (const { train, validation } of folds) {
      assert.deepEqual([train.length, validation.length], [15, 5]);
    }
  });

  it('are for fewer than 30 different rows whose split no file names', () => {
    const examples = rowsUpTo(29);
    assert.ok(areFew(examples));
    assert.ok(!areFew(rowsUpTo(30)));
    const repeated = examples.map((example, at) => ({ ...example, id: `again-${at}` }));
    assert.ok(areFew([...examples, ...repeated]), 'a row that stands there twice is one row');
    assert.ok(
      !areFew(examples.map((example, at) => (at === 3 ? { ...example, split: 'test' } : example))),
    );
    assert.ok(!areFew(rowsUpTo(5)));
    const alike = Array.from({ length: 12 }, (_, at) => anExample(at, 'the same text', 'usual'));
    assert.ok(!areFew(alike), 'one text in twelve rows cannot be held out');
  });
});

function byLine(left: Example, right: Example): number {
  return left.line - right.line;
}
