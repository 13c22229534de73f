import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createSourceReader } from '../../../src/engine/sources/find.ts';
import { languageOf } from '../../../src/engine/sources/hosts.ts';

const reader = createSourceReader();

/** The texts that are found between two `¦`, or at one. */
async function found(marked: string, language: string): Promise<string[]> {
  const start = marked.indexOf('¦');
  const end = Math.max(start, marked.lastIndexOf('¦') - 1);
  const literals = await reader.find(marked.replaceAll('¦', ''), { start, end }, language);
  return literals.map(each => each.text);
}

describe('Finding prompts', () => {
  it('takes the literal around a cursor, the innermost of nested ones first', async () => {
    const nested = 'p = `a ${f(`in¦ner ${x}`)} b`';
    assert.deepEqual(await found(nested, 'typescript'), ['inner ${x}', 'a ${f(`inner ${x}`)} b']);
    assert.deepEqual(await found('p = `a ${f(¦x)} b`', 'typescript'), ['a ${f(x)} b']);
    assert.deepEqual(await found(`p = f"a {d['k¦']} b"`, 'python'), ['k', "a {d['k']} b"]);
    assert.deepEqual(await found('p = ("a"\n¦  "b")', 'python'), ['ab']);
    assert.deepEqual(await found("p = 'a' +¦ 'b';", 'javascript'), ['ab']);
  });

  it('takes the literal of which a selection is a part, and every one that it touches', async () => {
    assert.deepEqual(await found('p = "one ¦two¦ three"', 'python'), ['one two three']);
    assert.deepEqual(await found('¦p = "one"¦\nq = "two"', 'python'), ['one']);
    assert.deepEqual(await found('p = "o¦ne"\nq = "two"\nr = "thr¦ee"', 'python'), [
      'one',
      'two',
      'three',
    ]);
    assert.deepEqual(await found('a: one\nb: t¦wo\nc: th¦ree\n', 'yaml'), ['two', 'three']);
  });

  it('takes a selection in prose as it is', async () => {
    assert.deepEqual(await found('One. ¦Two.¦ Three.', 'markdown'), ['Two.']);
    assert.deepEqual(await found('```\na ¦b¦ c\n```\n', 'markdown'), ['b']);
  });

  it('takes the message of a prompty file around the cursor', async () => {
    const file = '---\nname: x\n---\nsystem:\nYou are ¦x.\n\nuser:\n{{q}}\n';
    assert.deepEqual(await found(file, 'prompty'), ['You are x.']);
    assert.deepEqual(await found('---\nname: x\n---\nBe ¦brief.\n', 'prompty'), ['Be brief.']);
  });

  it('says where a string is one part of a sum, and reads a sum of literals as one', async () => {
    const text = 'p = "Hello " + name + "!"';
    const [literal] = await reader.find(text, { start: 6, end: 6 }, 'python');
    assert.match(literal?.caution ?? '', /one part of a sum/);
    assert.deepEqual(await found('p = "a¦" % x', 'python'), ['a']);
  });

  it('is not misled by a byte order mark, comments and quotes in them', async () => {
    const bom = '\ufeff';
    assert.deepEqual(await found(`${bom}# it's\np = "a¦b"\n`, 'python'), ['ab']);
    assert.deepEqual(await found(`${bom}// it's\nconst p = "a¦b"\n`, 'typescript'), ['ab']);
    assert.deepEqual(await found(`${bom}{/* " */"k": "a¦b",}`, 'jsonc'), ['ab']);
    assert.deepEqual(await found(`${bom}# it's\nk: a¦b\n`, 'yaml'), ['ab']);
    assert.deepEqual(await found(`${bom}---\nk: 1\n---\na¦b\n`, 'markdown'), ['ab']);
  });

  it('reads every text in every language without failing, and offers only what lies in it', async () => {
    const piece = fc.constantFrom(
      '"',
      "'",
      '`',
      '"""',
      'f"',
      '${',
      '{',
      '}',
      '\\',
      '\n',
      '\r\n',
      '  ',
      '- ',
      ': ',
      '|\n',
      '>-\n',
      '#',
      '//',
      '/*',
      '---\n',
      '```\n',
      'a',
      ',',
      '[',
      ']',
      '(',
      ')',
      '+',
      '&x ',
      '*x',
      '!t ',
      '\t',
      '\ufeff',
    );
    const languages = [
      'python',
      'javascript',
      'typescriptreact',
      'json',
      'yaml',
      'markdown',
      'prompty',
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.array(piece, { maxLength: 25 }).map(pieces => pieces.join('')),
        fc.nat(40),
        fc.nat(40),
        fc.constantFrom(...languages),
        async (text, first, second, language) => {
          const [start, end] = [first, second]
            .map(each => Math.min(each, text.length))
            .sort((a, b) => a - b);
          assert.ok(start !== undefined && end !== undefined);
          for (const each of await reader.find(text, { start, end }, language)) {
            assert.ok(each.start >= 0 && each.start <= each.end && each.end <= text.length);
            const edit = await reader.encode(text, each, language, each.text);
            assert.ok(edit.kind === 'refused' || edit.file === text);
          }
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('reads a file of five megabytes', async () => {
    const line = 'PROMPT = """You are careful.\nAnswer {question}."""\n';
    const text = line.repeat(Math.ceil(5_000_000 / line.length));
    const start = performance.now();
    const [literal] = await reader.find(
      text,
      { start: text.length - 20, end: text.length - 20 },
      'python',
    );
    assert.equal(literal?.text, 'You are careful.\nAnswer {question}.');
    assert.ok(performance.now() - start < 30_000);
  }).timeout(60_000);

  it('knows a language by the name of a file', () => {
    assert.equal(languageOf('a/b.py'), 'python');
    assert.equal(languageOf('a/B.TSX'), 'typescriptreact');
    assert.equal(languageOf('review.prompt.md'), 'prompt');
    assert.equal(languageOf('readme.md'), 'markdown');
    assert.equal(languageOf('chat.prompty'), 'prompty');
    assert.equal(languageOf('main.rs'), undefined);
    assert.equal(languageOf('py'), undefined);
  });
});
