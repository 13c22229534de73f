import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  differences,
  lineChanges,
  textChanges,
  type Change,
} from '../../../src/engine/sources/differences.ts';
import { mergeThreeWay } from '../../../src/engine/sources/merge.ts';

const lines = fc.array(fc.constantFrom('a\n', 'b\n', 'c\n', '\n', 'd e f\n'), { maxLength: 12 });

function applied(before: string, after: string, changes: readonly Change[]): string {
  let text = '';
  let at = 0;
  for (const { start, end, newStart, newEnd } of changes) {
    text += before.slice(at, start) + after.slice(newStart, newEnd);
    at = end;
  }
  return text + before.slice(at);
}

describe('differences', () => {
  it('turn one text into the other, in lines and in words', () => {
    const text = fc
      .array(fc.constantFrom('a', 'b ', '\n', 'é', '😀', 'word '))
      .map(all => all.join(''));
    fc.assert(
      fc.property(text, text, (before, after) => {
        for (const changes of [lineChanges(before, after), textChanges(before, after)]) {
          assert.equal(applied(before, after, changes), after);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('are as few as there can be', () => {
    const changes = differences(
      ['a', 'b', 'c', 'a', 'b', 'b', 'a'],
      ['c', 'b', 'a', 'b', 'a', 'c'],
    );
    const count = changes.reduce(
      (sum, { start, end, newStart, newEnd }) => sum + end - start + newEnd - newStart,
      0,
    );
    assert.equal(count, 5);
    assert.deepEqual(differences(['x'], ['x']), []);
  });

  it('of two long texts with nothing in common come at once', () => {
    const before = Array.from({ length: 20_000 }, (_, index) => `a${index}\n`).join('');
    const after = Array.from({ length: 20_000 }, (_, index) => `b${index}\n`).join('');
    const start = performance.now();
    assert.equal(applied(before, after, lineChanges(before, after)), after);
    assert.ok(performance.now() - start < 2_000);
  });
});

describe('a three-way merge', () => {
  it('takes what only one side changed, wherever the other one changed something else', () => {
    const base = 'one\ntwo\nthree\nfour\nfive\n';
    const merged = mergeThreeWay(base, base.replace('two', 'TWO'), base.replace('five', 'FIVE'));
    assert.deepEqual(merged, { text: 'one\nTWO\nthree\nfour\nFIVE\n', conflicts: 0 });
    assert.equal(mergeThreeWay(base, base, `${base}six\n`).text, `${base}six\n`);
    assert.equal(mergeThreeWay(base, '', base).text, '');
  });

  it('marks what both changed in the way that git does, and overwrites nothing', () => {
    const { text, conflicts } = mergeThreeWay('a\nb\nc\n', 'a\nmine\nc\n', 'a\ntheirs\nc\n', {
      mine: 'refined',
      theirs: 'file',
    });
    assert.equal(conflicts, 1);
    assert.equal(text, 'a\n<<<<<<< refined\nmine\n=======\ntheirs\n>>>>>>> file\nc\n');
  });

  it('keeps the markers on lines of their own where the last line has no end', () => {
    const { text } = mergeThreeWay('a', 'mine', 'theirs');
    assert.equal(text, '<<<<<<< mine\nmine\n=======\ntheirs\n>>>>>>> theirs\n');
  });

  it('has the laws of a merge: sides that agree or did nothing never conflict', () => {
    fc.assert(
      fc.property(lines, lines, (first, second) => {
        const [base, side] = [first.join(''), second.join('')];
        assert.deepEqual(mergeThreeWay(base, side, base), { text: side, conflicts: 0 });
        assert.deepEqual(mergeThreeWay(base, base, side), { text: side, conflicts: 0 });
        assert.deepEqual(mergeThreeWay(base, side, side), { text: side, conflicts: 0 });
      }),
      { numRuns: 1_000 },
    );
  });
});
