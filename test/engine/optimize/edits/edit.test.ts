import assert from 'node:assert/strict';
import { seededRandom } from '../../../../src/engine/core/random.ts';
import { editsBetween, withEdits } from '../../../../src/engine/optimize/edits/edit.ts';
import { longestCommon } from '../../../../src/engine/optimize/edits/longestCommon.ts';
import { joinUnits, unitsOf } from '../../../../src/engine/optimize/edits/units.ts';

const prompt = (system: string, output = '') => ({ system, output });

describe('units of a prompt', () => {
  it('give the text back character by character', () => {
    const long = `${'A sentence of a long line. '.repeat(12)}The end.`;
    for (const text of ['', '\n', 'a', 'a\n', '\n\na\n\n', 'a  \n b', `x\n${long}\ny`, long]) {
      assert.equal(joinUnits(unitsOf(text)), text);
    }
    assert.ok(unitsOf(long).length > 10);
  });
});

describe('longestCommon', () => {
  it('finds a common subsequence that no other is longer than', () => {
    const random = seededRandom(1, 'lists');
    const list = (): string[] =>
      Array.from(
        { length: Math.floor(random() * 9) },
        () => 'abcd'[Math.floor(random() * 4)] ?? '',
      );
    for (let round = 0; round < 300; round++) {
      const [left, right] = [list(), list()];
      const matches = longestCommon(left, right);
      for (const [x, y] of matches) assert.equal(left[x], right[y]);
      for (const [at, [x, y]] of matches.slice(1).entries()) {
        assert.ok(x > (matches[at]?.[0] ?? -1) && y > (matches[at]?.[1] ?? -1));
      }
      assert.equal(matches.length, lengthByTable(left, right));
    }
  });
});

describe('edits', () => {
  it('all made together turn the parent into the child', () => {
    const parent = prompt('One.\nTwo.\nThree.\nFour.', 'Answer briefly.');
    const child = prompt('One.\nTwo, and only two.\nFour.\nFive.', 'Answer briefly.\nNo excuses.');
    assert.deepEqual(withEdits(parent, editsBetween(parent, child)), child);
  });

  it('turn any list of different lines into any other that keeps their order', () => {
    const random = seededRandom(2, 'prompts');
    for (let round = 0; round < 300; round++) {
      const some = (): string =>
        [...'abcdefgh']
          .filter(() => random() < 0.6)
          .map(each => `line ${each}${each}`)
          .join('\n');
      const [parent, child] = [prompt(some()), prompt(some())];
      assert.equal(withEdits(parent, editsBetween(parent, child)).system, child.system);
    }
  });

  it('can be made one by one', () => {
    const parent = prompt('Sort the case.\nBe brief.');
    const child = prompt('Sort the case.\nBe brief.\nApples go north.\nPlums go south.');
    const edits = editsBetween(parent, child);
    assert.equal(edits.length, 2);
    assert.equal(
      withEdits(parent, edits.slice(1)).system,
      'Sort the case.\nBe brief.\nPlums go south.',
    );
  });

  it('pair a reworded line with its old wording', () => {
    const [edit, ...rest] = editsBetween(
      prompt('Apples and pears go to the north shed.'),
      prompt('Apples and pears go to the north shed unless rotten.'),
    );
    assert.equal(rest.length, 0);
    assert.match(edit?.removed ?? '', /north shed\.$/);
    assert.match(edit?.added ?? '', /unless rotten/);
  });

  it('leave lines that only moved where they were, and white space alone', () => {
    assert.deepEqual(editsBetween(prompt('a a\nb b\nc c'), prompt('b b\nc c\na a')), []);
    assert.deepEqual(editsBetween(prompt('a'), prompt('a  ')), []);
  });

  it('keep a prompt without a line end at its end without one', () => {
    const parent = prompt('One.\nTwo.');
    const added = { component: 'system', at: 2, added: 'Three.' } as const;
    const last = { component: 'system', at: 1, removed: 'Two.' } as const;
    assert.equal(withEdits(parent, [added]).system, 'One.\nTwo.\nThree.');
    assert.equal(withEdits(parent, [last]).system, 'One.');
  });
});

function lengthByTable(left: readonly string[], right: readonly string[]): number {
  const table = Array.from({ length: left.length + 1 }, () =>
    new Array<number>(right.length + 1).fill(0),
  );
  for (let x = 1; x <= left.length; x++) {
    for (let y = 1; y <= right.length; y++) {
      const row = table[x] as number[];
      const above = table[x - 1] as number[];
      row[y] =
        left[x - 1] === right[y - 1]
          ? (above[y - 1] ?? 0) + 1
          : Math.max(above[y] ?? 0, row[y - 1] ?? 0);
    }
  }
  return table[left.length]?.[right.length] ?? 0;
}
