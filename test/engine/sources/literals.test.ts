import assert from 'node:assert/strict';
import { createSourceReader, findLiteral } from '../../../src/engine/sources/find.ts';
import type { PromptLiteral } from '../../../src/engine/sources/literal.ts';

const reader = createSourceReader();

/** Finds the prompt at the `¦` of a marked file. */
async function at(marked: string, language: string) {
  const start = marked.indexOf('¦');
  const file = marked.replace('¦', '');
  const literal = await findLiteral(file, { start, end: start }, language, reader);
  return { file, literal };
}

async function rewritten(marked: string, language: string, change: (text: string) => string) {
  const { file, literal } = await at(marked, language);
  assert.ok(literal, `nothing was found in ${marked}`);
  return reader.encode(file, literal, language, change(literal.text));
}

/** What the literal at the mark becomes. */
async function becomes(marked: string, language: string, change: (text: string) => string) {
  const result = await rewritten(marked, language, change);
  assert.ok(result.kind === 'edit', result.kind === 'refused' ? result.reason : '');
  return result.source;
}

const append = (more: string) => (text: string) => text + more;

describe('A literal that changes', () => {
  it('keeps the spelling of everything that did not change', async () => {
    const source = String.raw`p = "caf\u00e9 \x41 \101 It\'s ¦old. \U0001F600"`;
    const expected = String.raw`"caf\u00e9 \x41 \101 It\'s new. \U0001F600"`;
    assert.equal(await becomes(source, 'python', text => text.replace('old', 'new')), expected);
    const script = String.raw`p = 'caf\u00e9 \x41 \u{1F600} ¦old'`;
    assert.equal(
      await becomes(script, 'typescript', text => text.replace('old', 'new')),
      String.raw`'caf\u00e9 \x41 \u{1F600} new'`,
    );
    assert.equal(
      await becomes(String.raw`{"a": "¦\u00e9 \/ old"}`, 'json', text => text.replace('old', 'é→')),
      String.raw`"\u00e9 \/ \u00e9\u2192"`,
    );
  });

  it('keeps the pieces of an implicit concatenation, one line of text in each', async () => {
    const source = 'p = (\n    "One.\\n"\n    "¦Two.\\n"\n    "Three."\n)\n';
    assert.equal(
      await becomes(source, 'python', text => text.replace('Two.', 'Two.\nAnd a half.')),
      '"One.\\n"\n    "Two.\\n"\n    "And a half.\\n"\n    "Three."',
    );
    assert.equal(
      await becomes(source, 'python', text => text.replace('Two.\n', '')),
      '"One.\\n"\n    "Three."',
    );
  });

  it('doubles braces in f-strings and format strings, and nowhere else', async () => {
    const json = append(' {"a": 1}');
    assert.equal(await becomes('f"¦Hi {x}"', 'python', json), 'f"Hi {x} {{\\"a\\": 1}}"');
    assert.equal(await becomes("'¦Hi {x}'.format(x=1)", 'python', json), `'Hi {x} {{"a": 1}}'`);
    assert.equal(
      await becomes("P = '¦Hi {x}'\nP.format(x=1)", 'python', json),
      `'Hi {x} {{"a": 1}}'`,
    );
    const half = append(' 50%');
    assert.equal(await becomes("'¦Hi %s' % x", 'python', half), "'Hi %s 50%%'");
    assert.equal(await becomes("'¦Hi %s'", 'python', half), "'Hi %s 50%'");
    assert.equal(await becomes("'¦Hi {x}'", 'python', json), `'Hi {x} {"a": 1}'`);
  });

  it('cannot become code: what looks like a value is text', async () => {
    const evil = append(' {import_os} ${process.exit()}');
    assert.equal(
      await becomes('f"¦Hi {x}"', 'python', evil),
      'f"Hi {x} {{import_os}} ${{process.exit()}}"',
    );
    assert.equal(
      await becomes('`¦Hi ${x}`', 'typescript', evil),
      '`Hi ${x} {import_os} \\${process.exit()}`',
    );
    assert.equal(await becomes('`¦Hi $`', 'typescript', append('{x}')), '`Hi $\\{x}`');
  });

  it('keeps the line ends of the file', async () => {
    assert.equal(
      await becomes('p = """¦a\r\nb"""\r\n', 'python', append('\nc')),
      '"""a\r\nb\r\nc"""',
    );
    assert.equal(await becomes('`¦a\r\nb`\r\n', 'javascript', append('\nc')), '`a\r\nb\r\nc`');
    assert.equal(await becomes('k: |\r\n  ¦a\r\n', 'yaml', append('c\n')), '|\r\n  a\r\n  c\r\n');
    assert.equal(await becomes('¦a\r\nb\r\n', 'plaintext', append('\nc')), 'a\r\nb\r\nc');
  });

  it('keeps the style of a block and says the rest in its header', async () => {
    assert.equal(
      await becomes('k: |-\n   ¦a\n   b\nz: 1\n', 'yaml', append('\nc')),
      '|-\n   a\n   b\n   c\n',
    );
    assert.equal(await becomes('k: | # why\n  ¦a\nz: 1\n', 'yaml', () => 'b'), '|- # why\n  b\n');
    assert.equal(await becomes('k: |\n  ¦a\nz: 1\n', 'yaml', text => ` ${text}`), '|2\n   a\n');
    assert.equal(
      await becomes('k: >-\n  ¦a long\n  line\nz: 1\n', 'yaml', append('\nNext.')),
      '>-\n  a long\n  line\n\n  Next.\n',
    );
  });
});

describe('A literal that cannot hold a text', () => {
  it('is left alone, with a reason and with a literal that can', async () => {
    for (const [marked, language, text, alternative] of [
      ['r"¦a"', 'python', 'say "yes"', `'say "yes"'`],
      ['r"¦a"', 'python', 'ends with \\', '"ends with \\\\"'],
      ['String.raw`¦a`', 'typescript', 'a `b`', undefined],
      ['k: ¦a\nz: 1\n', 'yaml', 'a: b\n- c', '|-\n  a: b\n  - c'],
      ['k: ¦a\nz: 1\n', 'yaml', 'true', '"true"'],
      ['k: |\n  ¦a\nz: 1\n', 'yaml', 'a\u0007', '"a\\x07"\n'],
      ['```\n¦a\n```\n', 'markdown', '```\nx\n```', '````\n```\nx\n```\n````'],
      ['<P a="¦b" />', 'typescriptreact', 'say "yes"', '{`say "yes"`}'],
    ] as const) {
      const result = await rewritten(marked, language, () => text);
      assert.ok(result.kind === 'refused', marked);
      assert.match(result.reason, /^(?:A|The) .*\.$/);
      const offered = result.alternatives.map(({ source }) => source);
      if (alternative === undefined) assert.deepEqual(offered, []);
      else assert.ok(offered.includes(alternative), `${marked}: ${JSON.stringify(offered)}`);
    }
  });

  it('refuses a value that is lost, doubled, or spelled like text beside it', async () => {
    const reason = async (change: (text: string) => string, marked = 'f"¦Hi {x}!"') => {
      const result = await rewritten(marked, 'python', change);
      return result.kind === 'refused' ? result.reason : result.source;
    };
    assert.match(
      await reason(() => 'Hi!'),
      /\{x\} stands once in the prompt and not at all in the new/,
    );
    assert.match(await reason(append('{x}')), /once in the prompt and 2 times/);
    assert.match(
      await reason(append('.'), 'f"¦{x} and {{x}}"'),
      /both as a value and as plain text/,
    );
    const { file, literal } = await at('f"¦Hi {x}!"', 'python');
    assert.ok(literal);
    const allowed = await reader.encode(file, literal, 'python', 'Hi!', { valuesMayChange: true });
    assert.ok(allowed.kind === 'edit' && allowed.source === 'f"Hi!"');
  });
});

describe('A literal that cannot be read', () => {
  it('says why in one sentence', async () => {
    for (const [marked, language, sentence] of [
      ['b"¦bytes"', 'python', /bytes literal/],
      ['"¦never closed\nx = 1', 'python', /no end/],
      ['"""¦never closed\nx = 1', 'python', /no end/],
      ['"¦\\N{BULLET}"', 'python', /\\N\{…\}/],
      ['"¦\\xZZ"', 'python', /lacks its digits/],
      ['"¦\\ud83d\\ude00"', 'python', /two halves/],
      ["'¦100%, {x}' % x", 'python', /filled by the operator %/],
      ["'¦{ alone'.format(x=1)", 'python', /filled by \.format/],
      ['inspect.cleandoc("""¦a\n\tb""")', 'python', /tabs/],
      ['`¦\\101`', 'typescript', /octal/],
      ['`¦never closed', 'typescript', /no end/],
      ['dedent`¦first\n  second`', 'typescript', /Packages disagree/],
      ['<P a="¦&amp;" />', 'typescriptreact', /character reference/],
      ['{"a": "¦\\q"}', 'json', /JSON refuses/],
      ['a:\n\t- x\nk: ¦b\n', 'yaml', /has an error/],
    ] as const) {
      const { file, literal } = await at(marked, language);
      assert.match(literal?.refusal ?? `read: ${literal?.text ?? 'nothing'}`, sentence, marked);
      const result = await reader.encode(file, literal as PromptLiteral, language, 'new');
      assert.ok(result.kind === 'refused' && result.alternatives.length === 0, marked);
    }
  });

  it('is no literal at all where a string is a name', async () => {
    for (const [marked, language] of [
      ["import x from '¦module'", 'typescript'],
      ["const o = {'¦key': 1}", 'javascript'],
      ["type A = '¦name'", 'typescript'],
      ['{"¦key": 1}', 'json'],
      ['¦key: value\n', 'yaml'],
      ['---\nna¦me: x\n---\nBody.\n', 'markdown'],
      ['x = ¦1', 'python'],
      ['anything ¦"here"', 'cobol'],
    ] as const) {
      assert.equal((await at(marked, language)).literal, undefined, marked);
    }
  });
});
