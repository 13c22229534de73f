import assert from 'node:assert/strict';
import fc from 'fast-check';
import { encodeLiteral } from '../../../src/engine/sources/encode.ts';
import { python } from '../../../src/engine/sources/python/python.ts';
import { changed, editing, type Editing } from './arbitraries.ts';
import { hasPython, pythonValues, startPython, type PythonChild } from './pythonChild.ts';

interface Case {
  readonly literal: string;
  readonly lineEnd: string;
  readonly editing: Editing;
}

const common = [
  'You are',
  ' a ',
  'x',
  '.',
  ' ',
  '  ',
  'é',
  '😀',
  '\t',
  "it's",
  'say "yes"',
  '0',
  '7',
];
const escapes = [
  '\\n',
  '\\t',
  '\\\\',
  "\\'",
  '\\"',
  '\\x41',
  '\\u00e9',
  '\\U0001F600',
  '\\101',
  '\\0',
  '\\d',
  '\\\n',
  '\\{',
];

const fieldValues = Object.keys(pythonValues).filter(each => each.startsWith('{'));

/** A string token that is right for its prefix and quotes. */
function token(prefixes: readonly string[], quotes: readonly string[]): fc.Arbitrary<string> {
  return fc.constantFrom(...prefixes).chain(prefix =>
    fc.constantFrom(...quotes).chain(quote => {
      const isRaw = prefix.includes('r');
      const isFormat = prefix.includes('f');
      const lines = quote.length === 3 ? ['\n', '\n\n', '\n  '] : [];
      const values = isFormat ? ['{{', '}}', ...fieldValues] : ['{', '}', '{name}'];
      const spelled = isRaw ? ['\\d', '\\n', '\\\\'] : escapes;
      return fc
        .array(fc.constantFrom(...common, ...common, ...spelled, ...lines, ...values), {
          maxLength: 8,
        })
        .map(pieces => {
          const mark = quote.charAt(0);
          const fits = (piece: string) => !piece.includes(mark) || piece.startsWith('\\');
          const isSound = (piece: string) => !isFormat || piece !== '\\{';
          const kept = pieces.filter(piece => fits(piece) && isSound(piece)).join('');
          return `${prefix}${quote}${kept}${quote}`;
        });
    }),
  );
}

const quotes = ['"', "'", '"""', "'''"];
const kinds: Readonly<
  Record<string, { readonly literal: fc.Arbitrary<string>; readonly mayRefuse: boolean }>
> = {
  'plain strings': { literal: token(['', 'u'], quotes), mayRefuse: false },
  'f-strings': { literal: token(['f', 'F'], quotes), mayRefuse: true },
  'raw strings': { literal: token(['r', 'rf', 'fr'], quotes), mayRefuse: true },
  'strings in pieces': {
    literal: fc
      .array(token(['', 'f'], quotes), { minLength: 2, maxLength: 4 })
      .chain(tokens =>
        fc
          .constantFrom(' ', '\n  ', '  # "why"\n  ', ' + ')
          .map(between => `(${tokens.join(between)})`),
      ),
    mayRefuse: true,
  },
  'dedented strings': {
    literal: fc
      .tuple(
        fc.constantFrom('textwrap.dedent(', 'inspect.cleandoc('),
        fc.constantFrom('', '\\\n', '\n', 'x\n'),
        fc.array(
          fc.constantFrom('    ab', '      cd\\n', '', '    {name}', '    "q" {{', '   ', '\tz'),
          {
            maxLength: 5,
          },
        ),
        fc.constantFrom('', '    ', '\n'),
        fc.constantFrom('', 'f'),
      )
      .map(([call, opening, lines, closing, prefix]) => {
        const single = lines.map(line => (prefix ? line.replace(/\{\{$/, '{{}}') : line));
        return `${call}${prefix}"""${opening}${single.map(line => `${line}\n`).join('')}${closing}""")`;
      }),
    mayRefuse: true,
  },
  'percent strings': {
    literal: fc
      .array(fc.constantFrom('a ', '%%', '%(name)s', '\\n', "'", '{', 's', '(name)', '\\x25%'), {
        maxLength: 8,
      })
      .map(pieces => `"${pieces.join('')}" % {'name': name}`),
    mayRefuse: true,
  },
  'format strings': {
    literal: fc
      .array(
        fc.constantFrom('a ', '{{', '}}', '{name}', '{number:>6}', '\\n', '"', "'", '{name!r}'),
        {
          maxLength: 8,
        },
      )
      .map(pieces => `'''${pieces.filter(piece => piece !== "'").join('')}'''`)
      .map(literal => `${literal}.format(name=name, number=number)`),
    mayRefuse: true,
  },
};

describe('Prompts inside Python, read by Python itself', function () {
  this.timeout(120_000);
  let child: PythonChild;
  before(function () {
    if (!hasPython()) {
      console.log('      skipped: there is no python3 on this machine to ask');
      this.skip();
    }
    child = startPython();
  });
  after(() => {
    if (hasPython()) child.close();
  });

  for (const [name, { literal, mayRefuse }] of Object.entries(kinds)) {
    it(`${name}: 3,400 are read and rewritten as Python means them`, async () => {
      const count = { written: 0, refused: 0, unread: 0 };
      await fc.assert(
        fc.asyncProperty(
          fc.record({ literal, lineEnd: fc.constantFrom('\n', '\n', '\r\n'), editing }),
          each => roundTrip(child, each, mayRefuse, count),
        ),
        { numRuns: 3_400 },
      );
      console.log(`      ${JSON.stringify(count)}`);
      assert.ok(count.written > 1_200, 'too few texts were written');
    });
  }
});

async function roundTrip(
  child: PythonChild,
  { literal: written, lineEnd, editing: edit }: Case,
  mayRefuse: boolean,
  count: { written: number; refused: number; unread: number },
): Promise<void> {
  const head = '# "first"\nBEFORE = """x"""\nPROMPT = ';
  const file = `${head}${written}\nAFTER = 7\n`.replaceAll('\n', lineEnd);
  const before = await child.run(file);
  const at = file.indexOf('PROMPT') + 'PROMPT = '.length;
  const source = python.open(file, undefined);
  const literals = source.literalsAt({ start: at, end: file.indexOf('AFTER') - 1 });
  const literal = literals.at(-1);
  if (before.error !== undefined || !literal || literal.refusal !== undefined) {
    assert.ok(
      before.error !== undefined || mayRefuse,
      `refused: ${literal?.refusal ?? 'not found'}`,
    );
    count.unread += 1;
    return;
  }
  // Random text may make an interpolation of its own, `{7}`: what it prints is not known here.
  if (literal.units.some(({ kind, text }) => kind === 'value' && !(text in pythonValues))) {
    count.unread += 1;
    return;
  }
  const isAsIs = literal.units.map(
    unit => pythonValues[unit.kind === 'value' ? unit.text : ''] ?? unit.text,
  );
  assertSame(before, isAsIs.join(''));
  const text = changed(literal.text, edit);
  if (text === literal.text) return;
  const result = encodeLiteral(python, source, literal, text, { valuesMayChange: true });
  if (result.kind === 'refused') {
    assert.ok(mayRefuse, `refused: ${result.reason}`);
    count.refused += 1;
    for (const { source: other } of result.alternatives) {
      const changedFile = file.slice(0, literal.start) + other + file.slice(literal.end);
      assertSame(await child.run(changedFile), filled({ ...literal, text }));
    }
    return;
  }
  count.written += 1;
  assert.ok(result.file.startsWith(file.slice(0, literal.start)));
  assert.ok(result.file.endsWith(file.slice(literal.end)));
  assertSame(await child.run(result.file), filled({ ...literal, text }));
}

/** The text with the values that the interpolations of this literal have. */
function filled({
  text,
  units,
}: {
  text: string;
  units: readonly { kind: string; text: string }[];
}) {
  const values = [...new Set(units.filter(({ kind }) => kind === 'value').map(unit => unit.text))];
  let result = '';
  for (let at = 0; at < text.length;) {
    const value = values.find(each => text.startsWith(each, at));
    result += value === undefined ? text.charAt(at) : (pythonValues[value] ?? value);
    at += value?.length ?? 1;
  }
  return result;
}

function assertSame(
  answer: { value?: string; length?: number; after?: number; error?: string },
  text: string,
) {
  assert.deepEqual(answer, { value: text, length: [...text].length, after: 7 });
}
