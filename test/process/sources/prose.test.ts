import assert from 'node:assert/strict';
import fc from 'fast-check';
import { markdown, plainText, prompty } from '../../../src/engine/sources/prose/prose.ts';
import { editing } from './arbitraries.ts';
import { filledUnits, noCount, roundTrip } from './roundTrip.ts';

const line = fc.constantFrom(
  'You are',
  '# Role',
  '',
  '- item',
  '  deep',
  'é😀',
  '{x}',
  '---',
  '~~~',
  '> q',
  'a `b`',
);
const text = fc
  .array(line, { minLength: 1, maxLength: 6 })
  .map(lines => ['First', ...lines, 'last'].join('\n'));
const front = '---\nname: x\n---\n';

/** Reads a file again in the plainest way: what stands between two known texts. */
function between(file: string, before: string, after: string): string {
  assert.ok(file.startsWith(before) && file.endsWith(after));
  return file.slice(before.length, file.length - after.length);
}

describe('Prompts inside Markdown, prompty files and plain text', function () {
  this.timeout(120_000);
  const lineEnds = fc.constantFrom('\n', '\n', '\r\n');

  it('bodies: 7,000 are read and rewritten between the same bytes', () => {
    const count = noCount();
    const hosts = fc.constantFrom(
      [markdown, front, '\n'] as const,
      [plainText, '', '\n'] as const,
      [prompty, `${front}system:\n`, '\n\nuser:\n{{question}}\n'] as const,
    );
    fc.assert(
      fc.property(text, lineEnds, hosts, editing, (body, lineEnd, [host, before, after], edit) => {
        const [head, tail, inside] = [before, after, body].map(each =>
          each.replaceAll('\n', lineEnd),
        );
        assert.ok(head !== undefined && tail !== undefined && inside !== undefined);
        const file = head + inside + tail;
        const cursor = { start: head.length + 1, end: head.length + 1 };
        const literal = host.open(file, undefined).literalsAt(cursor).at(-1);
        assert.ok(literal);
        assert.equal(filledUnits(literal, {}), body);
        roundTrip(host, file, cursor, edit, count, (written, _literal, wanted) => {
          const raw = between(written, head, tail);
          assert.equal(raw.replaceAll(lineEnd, '\n'), wanted);
        });
      }),
      { numRuns: 7_000 },
    );
    console.log(`      ${JSON.stringify(count)}`);
    assert.ok(count.written > 3_000);
  });

  it('fenced blocks: 13,000 are read and rewritten, and none is closed early', () => {
    const count = noCount();
    fc.assert(
      fc.property(
        text.map(each => each.replaceAll('~~~', '~~')),
        lineEnds,
        fc.constantFrom('', '  ', '    '),
        fc.constantFrom('```', '~~~', '`````'),
        editing,
        (inside, lineEnd, indent, marks, edit) => {
          const lines = inside.split('\n').map(each => (each === '' ? '' : indent + each));
          const before = `- list\n\n${indent}${marks}text\n`;
          const after = `\n${indent}${marks}\n\nmore \`code\`\n`;
          const file = `${before}${lines.join('\n')}${after}`.replaceAll('\n', lineEnd);
          const at = file.indexOf('First');
          const literals = markdown.open(file, undefined).literalsAt({ start: at, end: at });
          assert.equal(literals[0]?.text, inside);
          const host = { open: (opened: string) => onlyFences(opened) };
          roundTrip(
            host,
            file,
            { start: at, end: at },
            edit,
            count,
            (written, _literal, wanted) => {
              const shown = written.replaceAll(lineEnd, '\n').split('\n').slice(3, -4);
              const read = shown.map(each =>
                each.startsWith(indent) ? each.slice(indent.length) : each,
              );
              assert.equal(read.join('\n'), wanted);
              const close = written.replaceAll(lineEnd, '\n').split('\n').at(-4)?.trim() ?? '';
              assert.ok(
                !read.some(each => each.trim().startsWith(close) && /^[`~]+$/.test(each.trim())),
              );
            },
          );
        },
      ),
      { numRuns: 13_000 },
    );
    console.log(`      ${JSON.stringify(count)}`);
    assert.ok(count.written > 6_000);
  });
});

/** Markdown of which only fenced blocks count, so that the last literal at a place is one. */
function onlyFences(text: string) {
  const source = markdown.open(text, undefined);
  return {
    ...source,
    literalsAt: (range: { start: number; end: number }) =>
      source.literalsAt(range).filter(({ style }) => style === 'fenced block'),
  };
}
