import assert from 'node:assert/strict';
import fc from 'fast-check';
import { cleanExcerpt, cleanLine, cleanText } from '../../src/cli/cleanText.ts';

const active = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/u;

describe('text of others on a terminal', () => {
  const cases: readonly [string, string, string][] = [
    ['colours', '\u001B[31mred\u001B[0m', 'red'],
    ['clear screen', 'a\u001B[2J\u001B[Hb', 'ab'],
    ['the cursor moved up to overwrite a line', 'x\n\u001B[1A\u001B[2Ky', 'x\ny'],
    ['a carriage return', 'FAILED\rPASSED', 'FAILEDPASSED'],
    ['backspaces', 'rm\b\bls', 'rmls'],
    ['a window title', '\u001B]0;owned\u0007text', 'text'],
    ['a link', '\u001B]8;;file:///etc/passwd\u001B\\click\u001B]8;;\u001B\\', 'click'],
    ['a clipboard write', '\u001B]52;c;cm0gLXJmIH4K\u0007', ''],
    ['a device control string', '\u001BP+q544e\u001B\\x', 'x'],
    ['C1 forms of the same', '\u009B31mred \u009D0;owned\u009Cx', 'red x'],
    ['a string that never ends', 'a\u001B]0;kept', 'a0;kept'],
    ['the next-line character', 'a\u0085b', 'a\nb'],
    ['line separators', 'a\u2028b', 'a\nb'],
    ['null, bell, form feed and delete', 'a\u0000\u0007\f\u007Fb', 'ab'],
    ['direction overrides', 'user=\u202Enimda\u202C ok', 'user=nimda ok'],
  ];
  for (const [name, text, wanted] of cases) {
    it(`takes out ${name}`, () => {
      assert.equal(cleanText(text), wanted);
    });
  }

  it('keeps line breaks, tabs, letters of all languages and emoji', () => {
    const text = 'eins\n\tzwei – 三 ❤️‍🔥 Ωé';
    assert.equal(cleanText(text), text);
  });

  it('never lets an active character through, whatever comes in', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom(
            '\u001B',
            ']',
            '[',
            '0',
            ';',
            'm',
            '\u0007',
            '\u009D',
            '\\',
            'P',
            '\n',
            '\r',
            'a',
          ),
        }),
        text => !active.test(cleanText(text)) && !/[\n\r]/.test(cleanLine(text)),
      ),
    );
  });

  it('keeps a record on one line', () => {
    assert.equal(cleanLine('x\n2024 INFO forged\r\n\u2028y'), 'x 2024 INFO forged y');
  });

  it('cuts between characters, with an ellipsis', () => {
    assert.equal(cleanExcerpt('😀😀😀😀', 3), '😀😀…');
    assert.equal(cleanExcerpt('abc', 3), 'abc');
  });
});
