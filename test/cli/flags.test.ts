import assert from 'node:assert/strict';
import { mappingOf } from '../../src/cli/columns.ts';
import { budgetOf, settingsOf } from '../../src/cli/flags.ts';
import { decimal, wholeNumber } from '../../src/cli/numbers.ts';
import { formatShares, parseShares } from '../../src/engine/index.ts';
import { nameOfFile } from '../../src/cli/promptChoice.ts';

const prompt = (system: string) => ({ system, output: '' });

describe('numbers on the command line', () => {
  it('are read where they are in range', () => {
    assert.equal(wholeNumber('--patience', 1)('12'), 12);
    assert.equal(decimal('--target-threshold', 0, 1)('.9'), 0.9);
  });

  for (const text of ['', 'many', '-1', '0', '1.5', '1e3', '0x10', 'NaN', 'Infinity', '300']) {
    it(`are refused with the flag's name where they are "${text}"`, () => {
      assert.throws(
        () => wholeNumber('--concurrency', 1, 256)(text),
        new RegExp(
          `--concurrency is "${text.replace('.', '\\.')}", but it takes a whole number from 1 to 256`,
        ),
      );
    });
  }
});

describe('settings of a run', () => {
  it('hold only what was said', () => {
    assert.deepEqual(settingsOf({ patience: 3, strategy: 'squeeze', budgetCalls: 10 }), {
      patience: 3,
      strategy: 'squeeze',
      budget: { calls: 10 },
    });
    assert.deepEqual(settingsOf({}), {});
    assert.equal(budgetOf({}), undefined);
  });
});

describe('shares of the rows', () => {
  it('are read as percent of train, validation and test, and written as they are read', () => {
    const shares = parseShares('60 / 15% / 25');
    assert.deepEqual(shares, { train: 0.6, validation: 0.15, test: 0.25 });
    assert.equal(formatShares(shares), '60/15/25');
    assert.equal(formatShares(parseShares('33.4/33.3/33.3')), '33.4/33.3/33.3');
    assert.deepEqual(settingsOf({ shares }), { shares });
  });

  for (const text of [
    '',
    '50/50',
    '50/25/26',
    '100/0/0',
    '-1/51/50',
    '1e1/45/45',
    'a/b/c',
    '25/25/25/25',
  ]) {
    it(`are refused where they are "${text}"`, () => {
      assert.throws(() => parseShares(text), /The shares .*add up to 100, such as 50\/25\/25/);
    });
  }
});

describe('columns', () => {
  it('are left to their names where nothing is said', () => {
    assert.equal(mappingOf({}, prompt('{{a}}')), undefined);
  });

  it('feed the placeholder of their name, or an input of their name', () => {
    const mapping = mappingOf(
      { input: ['a', 'other'], target: 'label' },
      prompt('{{a}} {{b}} {{c}}'),
    );
    assert.deepEqual(mapping, { inputs: { a: 'a', other: 'other' }, expected: 'label' });
  });

  it('feed the only placeholder that is open', () => {
    const mapping = mappingOf({ input: ['text'] }, prompt('Sort {{ticket}}'));
    assert.deepEqual(mapping, { inputs: { ticket: 'text' } });
  });

  it('are taken as PLACEHOLDER=COLUMN, also with an equals sign in the column', () => {
    const mapping = mappingOf({ input: ['ticket=a=b', 'text'] }, prompt('{{ticket}} {{body}}'));
    assert.deepEqual(mapping, { inputs: { ticket: 'a=b', body: 'text' } });
  });

  it('are refused where a side of the equals sign is empty', () => {
    assert.throws(() => mappingOf({ input: ['=x'] }, prompt('')), /--input is "=x"/);
    assert.throws(() => mappingOf({ input: ['x='] }, prompt('')), /PLACEHOLDER=COLUMN/);
  });
});

describe('columns beside input and answer', () => {
  it('are named by a flag each', () => {
    const mapping = mappingOf({ references: 'answers', split: 'part' }, prompt('{{a}}'));
    assert.deepEqual(mapping, { references: 'answers', split: 'part' });
  });
});

describe('the name of a prompt file', () => {
  it('is its base name, or its folder where it is called prompt', () => {
    assert.equal(nameOfFile('/w/triage.md'), 'triage');
    assert.equal(nameOfFile('/w/triage/prompt.md'), 'triage');
    assert.equal(nameOfFile('/w/triage/PROMPT.txt'), 'triage');
    assert.equal(nameOfFile('/prompt.md'), 'prompt');
  });

  it('holds nothing that NAME@VERSION or a path could trip over', () => {
    assert.equal(nameOfFile('/w/my prompt@2.v1.md'), 'my-prompt-2-v1');
    assert.equal(nameOfFile('/w/Übersetzung.txt'), 'übersetzung');
  });
});
