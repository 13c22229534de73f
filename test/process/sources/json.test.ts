import assert from 'node:assert/strict';
import fc from 'fast-check';
import { json } from '../../../src/engine/sources/json/json.ts';
import { anyText, editing } from './arbitraries.ts';
import { filledText, filledUnits, noCount, roundTrip } from './roundTrip.ts';

const spelled = fc.oneof(
  anyText.map(text => JSON.stringify(text)),
  fc
    .array(
      fc.constantFrom(
        'a',
        ' ',
        '\\n',
        '\\u00e9',
        '\\/',
        '/',
        '\\"',
        '\\ud83d\\ude00',
        'é',
        '\\ud83d',
        '//',
        '\\\\',
      ),
    )
    .map(pieces => `"${pieces.join('')}"`),
);

describe('Prompts inside JSON, read by JSON.parse', function () {
  this.timeout(120_000);

  it('20,000 are read and rewritten as JSON.parse means them, and none is refused', () => {
    const count = noCount();
    fc.assert(
      fc.property(
        spelled,
        fc.constantFrom('\n', '\r\n', ' '),
        fc.boolean(),
        editing,
        (literal, space, isItem, edit) => {
          const [open, close] = isItem ? ['[1,', ']'] : ['', ''];
          const file = `{"key": "x",${space}"prompt":${open}${space}${literal}${close}, "after": [7]}${space}`;
          const start = file.indexOf(`${open}${space}${literal}`) + open.length + space.length;
          const value = (text: string) => ({
            key: 'x',
            prompt: isItem ? [1, text] : text,
            after: [7],
          });
          const range = { start, end: start + literal.length };
          const [found] = json.open(file, undefined).literalsAt(range);
          assert.ok(found);
          assert.deepEqual(JSON.parse(file), value(filledUnits(found, {})));
          roundTrip(json, file, range, edit, count, (after, before, text) => {
            assert.deepEqual(JSON.parse(after), value(filledText(before, text, {})));
          });
        },
      ),
      { numRuns: 20_000 },
    );
    assert.equal(count.refused + count.unread, 0);
    assert.ok(count.written > 10_000);
  });
});
