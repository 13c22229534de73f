import assert from 'node:assert/strict';
import { runInThisContext } from 'node:vm';
import fc from 'fast-check';
import { javascript, typescript } from '../../../src/engine/sources/script/script.ts';
import { editing } from './arbitraries.ts';
import { filledText, filledUnits, noCount, roundTrip } from './roundTrip.ts';

const values: Readonly<Record<string, string>> = {
  '${name}': 'NAME',
  '${user.name}': 'USER NAME',
  "${name + '}'}": 'NAME}',
  '${[1, 2].map(each => `<${each}>`).join()}': '<1>,<2>',
};

/** Node's own reading of a file: the value of PROMPT, and that what follows was still run. */
function evaluated(file: string): unknown {
  const run: unknown = runInThisContext(
    `((name, user, dedent) => {${file}\nreturn [PROMPT, AFTER];})`,
  );
  assert.ok(typeof run === 'function');
  return Reflect.apply(run, undefined, ['NAME', { name: 'USER NAME' }, dedentTag]);
}

/** As the packages do: cooked by the tag, without outer blank lines and shared indentation. */
function dedentTag(strings: TemplateStringsArray, ...inserted: readonly string[]): string {
  const raw = strings.raw.map(each => each.replace(/\\([`$\\])/g, '$1'));
  const lines = raw.join('\u0001').split('\n').slice(1, -1);
  const widths = lines.filter(line => line.trim() !== '').map(line => line.search(/\S/));
  const width = Math.min(...widths);
  let next = 0;
  return lines
    .map(line => line.slice(width))
    .join('\n')
    .replaceAll('\u0001', () => inserted[next++] ?? '');
}

const common = [
  'You are',
  ' a ',
  'x',
  '.',
  ' ',
  'é',
  '😀',
  '\t',
  "it's",
  'say "yes"',
  '`code`',
  '0',
  '$5 ',
  '{',
  '}',
];
const escapes = [
  '\\n',
  '\\t',
  '\\\\',
  "\\'",
  '\\"',
  '\\`',
  '\\x41',
  '\\u00e9',
  '\\u{1F600}',
  '\\d',
  '\\\n',
  '\\0',
];
const octals = ['\\101', '\\8', '\\12'];

function token(quote: string): fc.Arbitrary<string> {
  const isTemplate = quote === '`';
  const more = isTemplate ? ['\n', '\n  ', '\\${x}', '$\\{', ...Object.keys(values)] : octals;
  return fc
    .array(fc.constantFrom(...common, ...common, ...escapes, ...more), { maxLength: 8 })
    .map(pieces =>
      pieces.filter(each => each in values || !each.includes(quote) || each.startsWith('\\')),
    )
    .map(pieces => pieces.join(''))
    .filter(text => !isTemplate || !/\\0\d/.test(text))
    .map(text => `${quote}${text}${quote}`);
}

const anyToken = fc.constantFrom('"', "'", '`').chain(token);
const kinds: Readonly<Record<string, fc.Arbitrary<string>>> = {
  strings: fc.constantFrom('"', "'").chain(token),
  'template literals': token('`'),
  'sums of literals': fc
    .array(anyToken, { minLength: 2, maxLength: 4 })
    .chain(tokens =>
      fc.constantFrom(' + ', ' +\n  ', ' + // "why"\n').map(plus => tokens.join(plus)),
    ),
  'String.raw': fc
    .array(fc.constantFrom('a', ' ', '\\d', '\\n', '\\\\', '\n', '${name}', '"'), { maxLength: 8 })
    .map(pieces => `String.raw\`${pieces.join('')}\``),
  'dedented templates': fc
    .array(fc.constantFrom('    ab', '      cd', '', '    ${name}', '    "q" {', '    é'), {
      minLength: 1,
      maxLength: 5,
    })
    .map(lines => `dedent\`\n    a\n${lines.join('\n')}\n    z\n  \``),
};

describe('Prompts inside JavaScript and TypeScript, read by Node itself', function () {
  this.timeout(120_000);

  for (const [name, literal] of Object.entries(kinds)) {
    it(`${name}: 4,200 are read and rewritten as Node means them`, () => {
      const count = noCount();
      fc.assert(
        fc.property(
          literal,
          fc.constantFrom('\n', '\n', '\r\n'),
          fc.constantFrom(javascript, typescript),
          editing,
          (written, lineEnd, host, edit) => {
            const head = 'const BEFORE = `x`; // "first"\nconst PROMPT = ';
            const file = `${head}${written};\nconst AFTER = 7;\n`.replaceAll('\n', lineEnd);
            const start = file.indexOf('PROMPT') + 'PROMPT = '.length;
            const range = { start, end: file.indexOf('const AFTER') - 1 };
            const literal = host.open(file, undefined).literalsAt(range).at(-1);
            if (literal?.refusal === undefined && literal) {
              assert.deepEqual(evaluated(file), [filledUnits(literal, values), 7]);
            }
            roundTrip(host, file, range, edit, count, (after, before, text) => {
              assert.deepEqual(evaluated(after), [filledText(before, text, values), 7]);
            });
          },
        ),
        { numRuns: 4_200 },
      );
      console.log(`      ${JSON.stringify(count)}`);
      assert.ok(count.written > 1_000, 'too few texts were written');
      const isAlwaysWritten = name === 'strings' || name === 'template literals';
      // The one reason to refuse here is a value that also stands there as plain text.
      if (isAlwaysWritten) assert.ok(count.refused < 150, 'too many texts were refused');
    });
  }
});
