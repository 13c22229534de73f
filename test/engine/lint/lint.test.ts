import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { LintFacts } from '../../../src/engine/lint/finding.ts';
import { lintPrompt, lintRules } from '../../../src/engine/lint/lint.ts';
import { findLiteral } from '../../../src/engine/sources/find.ts';
import { fixed } from './fixed.ts';
import { goodPrompts } from './goodPrompts.ts';

const root = join(import.meta.dirname, '../../..');

describe('the lint of prompts', () => {
  it('says nothing about good prompts', () => {
    for (const { text, names } of goodPrompts) {
      const facts: LintFacts = { tokenLimit: 8000, ...(names ? { names } : {}) };
      assert.deepEqual(lintPrompt(text, facts), [], text);
      assert.deepEqual(lintPrompt(text.replaceAll('\n', '\r\n'), facts), [], `CRLF: ${text}`);
    }
  });

  it('says nothing about our own examples', async () => {
    const files = globSync('examples/**/*.{md,txt,prompt,prompty}', { cwd: root });
    assert.ok(files.length > 0);
    for (const file of files) {
      assert.deepEqual(lintPrompt(readFileSync(join(root, file), 'utf8')), [], file);
    }
    for (const [file, marker, language] of [
      ['examples/prompts/summarize.py', 'I want you', 'python'],
      ['examples/prompts/reviewSentiment.ts', 'You are a helpful', 'typescript'],
      ['examples/prompts/support-bot.yaml', 'You are the assistant', 'yaml'],
    ] as const) {
      const source = readFileSync(join(root, file), 'utf8');
      const at = source.indexOf(marker);
      const found = await findLiteral(source, { start: at, end: at }, language);
      assert.deepEqual(lintPrompt(found?.text ?? source), [], file);
    }
  });

  it('documents every rule by its name', () => {
    const page = readFileSync(join(root, 'docs/lint.md'), 'utf8');
    for (const { name, description } of lintRules) {
      assert.match(page, new RegExp(`^## \`${name}\``, 'm'));
      assert.ok(description.endsWith('.'));
    }
    assert.equal(page.match(/^## `/gm)?.length, lintRules.length);
  });

  it('switches every rule off by its name', () => {
    const text =
      '\u{FEFF}Return JSON only. {{usr}} {x}\nReply in plain text.\n\n{{text}}\n\nWrite to https://a:secret99@b.c\n' +
      'x'.repeat(900);
    const facts = { names: ['user', 'other'], tokenLimit: 100 };
    const found = new Set(lintPrompt(text, facts).map(each => each.rule));
    assert.deepEqual([...found].sort(), lintRules.map(rule => rule.name).sort());
    for (const { name } of lintRules) {
      assert.ok(lintPrompt(text, { ...facts, off: [name] }).every(each => each.rule !== name));
    }
    assert.deepEqual(lintPrompt(text, { ...facts, off: lintRules.map(rule => rule.name) }), []);
  });

  it('finds places inside the text and fixes that change it, whatever the text', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '{{x}}',
        '{x}',
        '${',
        '%(x)s',
        '{{usr}}',
        '\n',
        '\u{200B}',
        '\u{A0}',
        'Return JSON only.',
        'Reply in plain text.',
        'key: ',
        '```',
        '<',
        '{%',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), pieces => {
        const text = pieces.join('');
        for (const found of lintPrompt(text, { names: ['user', 'x'], tokenLimit: 20 })) {
          assert.ok(0 <= found.start && found.start <= found.end && found.end <= text.length);
          assert.match(found.message, /^[^\n]{10,400}$/);
          if (found.fix) assert.notEqual(fixed(text, found), text);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('reads hostile megabytes within seconds', () => {
    for (const each of [
      '{{ ',
      '${',
      '{% ',
      '<a b ',
      '\u{200B}',
      'Return JSON only. ',
      'key=',
      'sk-',
      'Basic ',
      'a://b:',
      '"x": ',
      '-----BEGIN PRIVATE KEY-----',
    ]) {
      const text = each.repeat(Math.ceil(300_000 / each.length));
      const start = performance.now();
      lintPrompt(text, { names: ['x'], tokenLimit: 1000 });
      assert.ok(performance.now() - start < 3000, `${each}: ${performance.now() - start} ms`);
    }
  });
});
