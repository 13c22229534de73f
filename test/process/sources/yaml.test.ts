import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parse } from 'yaml';
import { yaml } from '../../../src/engine/sources/yaml/yaml.ts';
import { editing } from './arbitraries.ts';
import { filledText, filledUnits, noCount, roundTrip } from './roundTrip.ts';

const lines = fc.array(
  fc.constantFrom(
    'You are',
    'a: b',
    '  deeper',
    '',
    '- item',
    '# no',
    '"q"',
    "it's",
    'é😀',
    'x  ',
    '{x}',
  ),
  { minLength: 1, maxLength: 5 },
);

function block(mark: string): fc.Arbitrary<string> {
  return fc
    .record({
      lines,
      chomping: fc.constantFrom('', '', '-', '+'),
      width: fc.constantFrom(2, 4),
      tail: fc.constantFrom('', '', '\n', '\n\n'),
      comment: fc.constantFrom('', '', ' # why'),
    })
    .map(each => {
      const margin = ' '.repeat(each.width + 2);
      const body = ['First', ...each.lines].map(line => (line === '' ? '' : margin + line));
      return `${mark}${each.chomping}${each.comment}\n${body.join('\n')}${each.tail}`;
    });
}

const kinds: Readonly<Record<string, fc.Arbitrary<string>>> = {
  'plain scalars': fc
    .array(
      fc.constantFrom('word', 'é', 'a:b', 'x#y', "it's", '\n    next', '\n\n    para', '{x}'),
      {
        maxLength: 5,
      },
    )
    .map(words => ['You', ...words].join(' ')),
  'single-quoted scalars': fc
    .array(fc.constantFrom('word', "''", '"', ': ', ' #', '\\n', '\n    next', '\n\n    para', '#'))
    .map(words => `'${words.join(' ')}'`),
  'double-quoted scalars': fc
    .array(
      fc.constantFrom(
        'word',
        "'",
        '\\"',
        ': ',
        '\\n',
        '\\x41',
        '\\u00e9',
        '\\\n    next',
        '\n    next',
        '\\\\',
        '\\t',
        '\\e',
      ),
    )
    .map(words => `"${words.join(' ')}"`),
  'literal blocks': block('|'),
  'folded blocks': block('>'),
};

describe('Prompts inside YAML, read by the yaml package', function () {
  this.timeout(120_000);

  for (const [name, literal] of Object.entries(kinds)) {
    it(`${name}: 4,000 are read and rewritten as yaml means them`, () => {
      const count = noCount();
      fc.assert(
        fc.property(
          literal,
          fc.constantFrom('\n', '\n', '\r\n'),
          fc.constantFrom('map', 'list', 'flow', 'last'),
          editing,
          (written, lineEnd, place, edit) => {
            const isBlock = name.endsWith('blocks');
            const fits = !isBlock && !(name === 'plain scalars' && written.includes('{'));
            const where = place === 'flow' && !fits ? 'map' : place;
            const file = placed(written, where).replaceAll('\n', lineEnd);
            const start = file.indexOf('@@') + 2;
            const text = file.replace('@@', '');
            const range = { start: start - 1, end: start - 1 };
            const meant: unknown = parse(text);
            const found = yaml.open(text, undefined).literalsAt(range)[0];
            assert.ok(found);
            if (found.refusal === undefined) {
              assert.deepEqual(meant, valued(filledUnits(found, {}), where));
            }
            roundTrip(yaml, text, range, edit, count, (after, before, wanted) => {
              assert.deepEqual(parse(after), valued(filledText(before, wanted, {}), where));
            });
          },
        ),
        { numRuns: 4_000 },
      );
      console.log(`      ${JSON.stringify(count)}`);
      assert.ok(count.written > 1_000, 'too few texts were written');
    });
  }
});

function placed(literal: string, where: string): string {
  if (where === 'map')
    return `head: 1 # c\n\nouter:\n  prompt: @@${literal}\n  next: [2]\nend: x\n`;
  if (where === 'list') return `head: 1\nouter:\n  - @@${literal}\n  - second\nend: x\n`;
  if (where === 'flow') return `head: 1\nouter: {prompt: [@@${literal}, second]}\nend: x\n`;
  return `head: 1\nouter:\n  prompt: @@${literal}`;
}

function valued(text: string, where: string): unknown {
  if (where === 'map') return { head: 1, outer: { prompt: text, next: [2] }, end: 'x' };
  if (where === 'list') return { head: 1, outer: [text, 'second'], end: 'x' };
  if (where === 'flow') return { head: 1, outer: { prompt: [text, 'second'] }, end: 'x' };
  return { head: 1, outer: { prompt: text } };
}
