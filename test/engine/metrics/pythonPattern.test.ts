import assert from 'node:assert/strict';
import { RequestError } from '../../../src/engine/core/errors.ts';
import { pythonPattern } from '../../../src/engine/metrics/pythonPattern.ts';

function without(pattern: string, text: string): string {
  return text.replace(pythonPattern(pattern), '');
}

// The right column was computed with re.sub of Python 3.
const cases: readonly (readonly [string, string, string])[] = [
  ['\\d+', 'a1b٣c２', 'abc'],
  ['\\bthe\\b', 'the theme of theatre, the', ' theme of theatre, '],
  ['\\bthe\\b', 'éthe the', 'éthe '],
  ['^Answer: ', 'Answer: 4', '4'],
  ['\\.$', 'yes.\n', 'yes\n'],
  ['(?m)^- ', '- a\n- b', 'a\nb'],
  ['<.*>', '<a\r\u2028b>\n', '\n'],
  ['(?m)x$', 'x\rx\nx', 'x\r\n'],
  ['(?s)<.*>', 'x<a\nb>y', 'xy'],
  ['[]a]', 'a]b', 'b'],
  ['[^]a]', 'a]b', 'a]'],
  ['[[]', '[x]', 'x]'],
  ['[\\w.-]+@x', 'a.b-c@x y', ' y'],
  ['{x}', 'a{x}b', 'ab'],
  ['a{2}', 'aaab', 'ab'],
  ['\\#\\-\\@', '#-@!', '!'],
  ['(?P<q>["\']).*?(?P=q)', `a "b" 'c"`, `a  'c"`],
  ['(?<=a)b(?!c)', 'abc abd', 'abc ad'],
  ['[\\s,]+', 'a, b\x1c\u0085c', 'abc'],
  ['\\$', 'a$b', 'ab'],
  ['[\\s\\S]', 'a\nb', ''],
  ['[^\\S\\n]+', 'a b\t\nc', 'ab\nc'],
  ['[\\W_]+', 'a-b_c é', 'abcé'],
  ['(?i:THE) b', 'the b THE B', ' THE B'],
  ['(?i)x(?-i:y)', 'Xy XY', ' XY'],
  ['(?s:a.b)', 'a\nb c', ' c'],
  ['(?:(?s:a.)b).', 'a\nbc\nd', '\nd'],
  ['(?#a comment)a', 'ab', 'b'],
  ['(?u)\\w+', 'é-', '-'],
  ['ba{,2}', 'baaab', 'a'],
  ['a{}', 'a{}b', 'b'],
  ['[^\\W\\d]+', 'ab1_é 2', '1 2'],
  ['x[\\s\\S]*?y', 'axb\ny-xy', 'a-'],
];

describe('Python patterns', () => {
  for (const [pattern, text, wanted] of cases) {
    it(`removes ${pattern} as Python does`, () => {
      assert.equal(without(pattern, text), wanted);
    });
  }

  it('refuses what is no pattern, with the reason', () => {
    for (const pattern of ['(', '[a', '*', 'a**', '(?P=nobody)']) {
      assert.throws(() => pythonPattern(pattern), RequestError, pattern);
    }
  });

  it('refuses what JavaScript cannot say, and names it', () => {
    assert.throws(() => pythonPattern('(?a)\\w'), /\(\?a\), which is not supported/u);
    assert.throws(() => pythonPattern('(?x) a b'), /not supported/u);
    assert.throws(() => pythonPattern('(?>a)'), /not supported/u);
    assert.throws(() => pythonPattern('\\N{DASH}'), /\\N, which is not supported/u);
  });
});
