import assert from 'node:assert/strict';
import fc from 'fast-check';
import { locatePrompt, shortDocument, staysInPlace } from '../../../src/engine/sources/locate.ts';

/** Locates at the `|` of a marked text; answers what kind it is and what it holds. */
function located(marked: string, language?: string) {
  const start = marked.indexOf('|');
  const text = marked.replace('|', '');
  const found = locatePrompt(text, { start, end: start }, language);
  return found && [found.kind, text.slice(found.start, found.end)];
}

const prompt = 'You are a careful assistant. Answer {question} in one word.';
const filler = `${'Some prose that is no prompt. '.repeat(200)}\n\n`;

describe('locating the prompt', () => {
  it('takes the selection where there is one, even if it was dragged backwards', () => {
    const text = 'one two three';
    const expected = { start: 4, end: 7, kind: 'selection' };
    assert.deepEqual(locatePrompt(text, { start: 4, end: 7 }), expected);
    assert.deepEqual(locatePrompt(text, { start: 7, end: 4 }), expected);
    assert.deepEqual(locatePrompt(text, { start: 4, end: 99 })?.end, text.length);
  });

  it('finds nothing in an empty file, a blank one and a blank selection', () => {
    for (const text of ['', ' \n\t\r\n']) {
      assert.equal(locatePrompt(text, { start: 0, end: 0 }), undefined);
      assert.equal(locatePrompt(text, { start: 0, end: text.length }, 'python'), undefined);
    }
    assert.equal(locatePrompt('a  b', { start: 1, end: 3 }), undefined);
  });

  it('takes the inside of the fenced block around the cursor', () => {
    const block = '# Title\n\n```text\nFirst.\n\nSec|ond.\n```\nafter\n';
    assert.deepEqual(located(block, 'markdown'), ['fence', 'First.\n\nSecond.']);
    assert.deepEqual(located('~~~~\n```\na|\n```\n~~~~\n', 'markdown'), ['fence', '```\na\n```']);
    assert.deepEqual(located('```\r\na|\r\nb\r\n```\r\n'), ['fence', 'a\r\nb']);
    assert.deepEqual(located('|```\na\n```'), ['fence', 'a']);
  });

  it('does not take fences that are empty, open-ended, indented or elsewhere', () => {
    for (const text of ['```\n|\n```', '```\n|```', '```\na|', '- x\n  ```\n  a|\n  ```\n']) {
      assert.equal(located(text, 'markdown')?.[0], 'document', text);
    }
    assert.equal(located('```\na\n```\n\nb|', 'markdown')?.[0], 'document');
  });

  it('takes the string around the cursor in languages that it can read', () => {
    for (const [text, language] of [
      [`PROMPT = """${prompt}|"""\n`, 'python'],
      [`# it's "here"\nask('${prompt}|')`, 'python'],
      [`const p = \`|${prompt}\`;`, 'typescript'],
      [`const r = /[\`'"/]/; ask("${prompt}|") // don't`, 'javascript'],
      [`/* " */ const a = "x"; const p = \`${prompt}|\`;`, 'typescriptreact'],
    ] as const) {
      assert.deepEqual(located(text, language), ['string', prompt], text);
    }
    const lines = `You are careful.\n\n  Answer "yes" or 'no', and say in one sentence why.\n`;
    const script = `system = """${lines}|"""\nother = 1\n`;
    assert.deepEqual(located(script, 'python'), ['string', lines]);
  });

  it('falls back to the paragraph for strings that cannot be put back raw', () => {
    for (const [text, language] of [
      [`p = f"""${prompt}|"""`, 'python'],
      [`p = r"${prompt}|"`, 'python'],
      [`p = "${prompt}\\n|"`, 'python'],
      [`const p = \`${prompt} \${name}|\`;`, 'typescript'],
      [`const p = tag\`${prompt}|\`;`, 'typescript'],
      [`const p = \`a \${f(\`b\`)} ${prompt}|\`;`, 'typescript'],
      [`p = "too short|"`, 'python'],
      [`p = "never closed ${prompt}|\nq = 1`, 'python'],
      [`key: "${prompt}|"`, 'yaml'],
    ] as const) {
      assert.deepEqual(located(text, language), ['paragraph', text.replace('|', '')], text);
    }
  });

  it('takes a short prose document as a whole, and the paragraph of a long one', () => {
    const short = '\n# Role\n\nBe br|ief.\n\n- a\n';
    assert.deepEqual(located(short), ['document', '# Role\n\nBe brief.\n\n- a']);
    assert.deepEqual(located(short, 'markdown')?.[0], 'document');
    assert.deepEqual(located(short, 'python'), ['paragraph', 'Be brief.']);
    assert.ok(filler.length > shortDocument);
    assert.deepEqual(located(`${filler}Be\nbr|ief.\n\nmore`), ['paragraph', 'Be\nbrief.']);
    assert.deepEqual(located(`${filler}\r\n  Be\r\nbr|ief.\r\n\r\nx`)?.[1], 'Be\r\nbrief.');
  });

  it('takes the next paragraph at a blank line, and the last one at the end', () => {
    assert.deepEqual(located(`${filler}one\n|\n\ntwo\n`), ['paragraph', 'two']);
    assert.deepEqual(located(`${filler}one\n\n|`), ['paragraph', 'one']);
  });

  it('answers a range inside the text with something in it, whatever the text', () => {
    const piece = fc.oneof(
      fc.constantFrom('```', '~~~', '"""', "'", '"', '`', '\\', '${', '}', '\n', '\r\n', '#', '/'),
      fc.string(),
    );
    fc.assert(
      fc.property(
        fc.array(piece).map(pieces => pieces.join('')),
        fc.nat(200),
        fc.constantFrom('python', 'typescript', 'markdown', 'json', undefined),
        (text, at, language) => {
          const found = locatePrompt(text, { start: at, end: at }, language);
          assert.equal(found === undefined, text.trim() === '');
          if (!found) return;
          assert.ok(found.start >= 0 && found.start < found.end && found.end <= text.length);
          assert.notEqual(text.slice(found.start, found.end).trim(), '');
          assert.ok(staysInPlace(text, found, text.slice(found.start, found.end), language));
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('reads a megabyte of quotes within a second', () => {
    const start = performance.now();
    for (const text of ['`${'.repeat(300_000), '"a" '.repeat(250_000), '```\n'.repeat(250_000)]) {
      locatePrompt(text, { start: text.length, end: text.length }, 'typescript');
    }
    assert.ok(performance.now() - start < 3_000);
  });
});

describe('a replacement', () => {
  const fits = (text: string, language: string, replacement: string) => {
    const at = text.indexOf('You');
    const found = locatePrompt(text, { start: at, end: at }, language);
    assert.ok(found);
    return staysInPlace(text, found, replacement, language);
  };

  it('stays inside a string only where every character of it stands for itself', () => {
    const single = `ask("${prompt}")\n`;
    const triple = `p = """${prompt}"""\n`;
    const template = `const p = \`${prompt}\`;\n`;
    assert.equal(fits(single, 'python', "Don't shout."), true);
    assert.equal(fits(single, 'python', 'Two\nlines.'), false);
    assert.equal(fits(single, 'python', 'Say "yes".'), false);
    assert.equal(fits(triple, 'python', 'Two\nlines, "quoted".'), true);
    assert.equal(fits(triple, 'python', 'A """ inside.'), false);
    assert.equal(fits(triple, 'python', 'Ends with "'), false);
    assert.equal(fits(triple, 'python', 'C:\\new'), false);
    assert.equal(fits(template, 'typescript', 'Two\nlines.'), true);
    assert.equal(fits(template, 'typescript', 'Use `code`.'), false);
    assert.equal(fits(template, 'typescript', 'Use ${name}.'), false);
  });

  it('may leave out the white space between the prompt and its quotes', () => {
    const text = `p = """\n${prompt}\n"""\n`;
    const start = text.indexOf(prompt);
    const inner = { start, end: start + prompt.length, kind: 'string' } as const;
    assert.equal(staysInPlace(text, inner, 'Answer {question}.', 'python'), true);
    assert.equal(staysInPlace(text, inner, 'Answer """ {question}.', 'python'), false);
  });

  it('stays inside a fence only where it does not close it', () => {
    const text = `\`\`\`\n${prompt}\n\`\`\`\n`;
    assert.equal(fits(text, 'markdown', 'Two\n\nparagraphs.'), true);
    assert.equal(fits(text, 'markdown', 'Like this:\n```\nx\n```'), false);
  });

  it('may be anything in prose', () => {
    assert.equal(fits(prompt, 'plaintext', '"```\\'), true);
  });
});
