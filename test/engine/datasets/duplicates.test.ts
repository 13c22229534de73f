import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Example, Split } from '../../../src/engine/core/example.ts';
import {
  findDuplicates,
  findLeaks,
  leakWarnings,
  nearDuplicateWarnings,
} from '../../../src/engine/datasets/duplicates.ts';
import { shinglesOf, similarTexts } from '../../../src/engine/datasets/shingles.ts';

function row(input: string, line: number): Example {
  return { id: `${line}`, inputs: { input }, expected: 'x', origin: 'file', line };
}

const letter =
  'My order 4711 has not come yet, and I have been waiting for it for more than three weeks now.';

/** The similarity by its definition, without a shortcut. */
function jaccard(left: string, right: string): number {
  const [one, other] = [new Set(shinglesOf(left)), new Set(shinglesOf(right))];
  const shared = [...one].filter(gram => other.has(gram)).length;
  return shared / (one.size + other.size - shared);
}

describe('Rows that repeat others', () => {
  it('are found where only case, spaces or a few characters differ', () => {
    const rows = [
      row(letter, 2),
      row(`  ${letter.toUpperCase()}\n`, 3),
      row(letter.replace('4711', '4712'), 4),
      row('Something else altogether, about a refund that was paid twice.', 5),
    ];
    const found = findDuplicates(rows);
    assert.deepEqual(
      found.map(({ example, of, kind }) => [example.line, of.line, kind]),
      [
        [3, 2, 'exact'],
        [4, 2, 'near'],
      ],
    );
    assert.ok((found[1]?.similarity ?? 0) > 0.8 && (found[1]?.similarity ?? 1) < 1);
  });

  it('are told in one sentence with the first place', () => {
    const rows = [row(letter, 2), row(letter.replace('4711', '4712'), 7)];
    assert.deepEqual(nearDuplicateWarnings(rows), [
      { line: 7, message: 'this row nearly repeats line 2.' },
    ]);
    assert.deepEqual(nearDuplicateWarnings(rows.slice(0, 1)), []);
  });

  it('are those, and only those, whose 5-grams are similar enough', () => {
    const word = fc.constantFrom('order', 'refund', 'late', 'broken', 'thanks', 'please', 'weeks');
    const texts = fc.array(fc.array(word, { minLength: 1, maxLength: 12 }), { maxLength: 25 });
    fc.assert(
      fc.property(texts, fc.constantFrom(0.5, 0.8, 0.95), (words, threshold) => {
        const all = words.map(each => each.join(' '));
        const found = new Map(similarTexts(all, threshold).map(pair => [pair.later, pair]));
        all.forEach((text, later) => {
          const best = Math.max(0, ...all.slice(0, later).map(earlier => jaccard(earlier, text)));
          if (best >= threshold) assert.equal(found.get(later)?.similarity, best);
          else assert.equal(found.has(later), false);
        });
      }),
      { numRuns: 200 },
    );
  });

  it('are found among 5,000 texts of one template within seconds', () => {
    const rows = Array.from({ length: 5000 }, (_, at) =>
      row(`Ticket ${at}: ${letter} Please tell me where it is and when I will get it.`, at + 2),
    );
    const start = performance.now();
    assert.ok(findDuplicates(rows).length > 4000);
    assert.ok(performance.now() - start < 8000);
  }).timeout(20_000);
});

describe('Rows that leak', () => {
  const splits: Record<Split, Example[]> = {
    train: [row(letter, 2), row('one of a kind in train, not to be found elsewhere', 3)],
    validation: [row('quite another text that stands for itself alone', 4)],
    test: [row(letter.replace('three', 'four'), 5)],
  };

  it('are named with where they come from and where they go', () => {
    assert.deepEqual(
      findLeaks(splits).map(({ from, into, example, of }) => [from, into, example.line, of.line]),
      [['train', 'test', 5, 2]],
    );
  });

  it('are told in one sentence where the rows are split', () => {
    const rows = Array.from({ length: 60 }, (_, at) =>
      row(letter.replace('4711', `47${at}`), at + 2),
    );
    const [warning, ...more] = leakWarnings(rows);
    assert.match(
      warning?.message ?? '',
      /rows from here say nearly the same as rows of another split/u,
    );
    assert.deepEqual(more, []);
    assert.deepEqual(leakWarnings(rows.slice(0, 1)), []);
  });

  it('are none within one split', () => {
    const train = [row(letter, 2), row(letter, 3)];
    assert.deepEqual(findLeaks({ train, validation: [], test: [] }), []);
  });
});
