import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LintFacts } from '../../../src/engine/lint/finding.ts';
import { lintPrompt } from '../../../src/engine/lint/lint.ts';
import { fixed } from './fixed.ts';

const secretsFile = join(
  import.meta.dirname,
  '../../../../shared/data/bad-input/strings/fake_secrets.jsonl',
);

describe('lint rules', () => {
  const rules = (text: string, facts?: LintFacts) => lintPrompt(text, facts).map(each => each.rule);
  const repaired = (text: string, facts?: LintFacts): string => {
    const [first] = lintPrompt(text, facts).filter(each => each.fix);
    return first ? fixed(text, first) : text;
  };

  it('name placeholders that the call does not fill in, and what is probably meant', () => {
    const facts = { names: ['user', 'question'] };
    assert.deepEqual(rules('{user} {question}', facts), []);
    assert.equal(repaired('{usr} {question} {user}', facts), '{user} {question} {user}');
    assert.equal(
      repaired('{{ User | upper }} {{question}} {{user}}', facts),
      '{{ user | upper }} {{question}} {{user}}',
    );
    const [strange] = lintPrompt('{user} {question} {zebra}', facts);
    assert.deepEqual(
      [strange?.rule, strange?.start, strange?.end, strange?.fix],
      ['unknown-placeholder', 18, 25, undefined],
    );
    assert.deepEqual(rules('{zebra}'), [], 'without a call site nothing is unknown');
    assert.deepEqual(
      rules('{% for user in question %}{{ user.x }}{{ loop.index }}{% endfor %}', facts),
      [],
    );
  });

  it('name what the call hands in and the prompt does not use', () => {
    const [found] = lintPrompt('Hello {{name}}.\nBye.', { names: ['name', 'city'] });
    assert.deepEqual([found?.rule, found?.start, found?.end], ['unused-placeholder', 0, 15]);
    assert.match(found?.message ?? '', /"city"/);
    assert.deepEqual(rules('{% if city %}{{name}}{% endif %}', { names: ['name', 'city'] }), []);
    assert.deepEqual(rules('${f(city)} ${name}', { names: ['name', 'city'] }), []);
  });

  it('name placeholders in another dialect than the others', () => {
    assert.deepEqual(rules('{{a}} {b}'), ['mixed-dialects']);
    assert.equal(repaired('{{a}} {b} {{c}}'), '{{a}} {{b}} {{c}}');
    assert.equal(repaired('%(a)s ${b} %(c)s'), '%(a)s %(b)s %(c)s');
    assert.equal(lintPrompt('{{a}} {b:>10}')[0]?.fix, undefined);
    assert.deepEqual(rules('{{a}} and the code `{b}`'), []);
    assert.deepEqual(
      rules('{a} <b> %s'),
      [],
      'a form for the answer and a position are no variables',
    );
  });

  it('name demands on the answer that exclude each other', () => {
    for (const text of [
      'Return only valid JSON.\nReply in plain text.',
      'Answer in plain text only. Be kind. Format the answer as Markdown.',
      'Always respond in XML. Output must be JSON.',
      'Use Markdown.\nDo not use Markdown.',
      'Respond with JSON only.\n- Output a CSV.',
    ]) {
      assert.deepEqual(rules(text), ['contradictory-format'], text);
    }
    for (const text of [
      'Return JSON only. The "text" field holds Markdown.',
      'Return JSON. Do not wrap the JSON in Markdown fences.',
      'If the user asks for a table, answer in Markdown. Otherwise answer in plain text only.',
      'Return JSON or YAML only.',
      'The input is XML. Return JSON only.',
      'Convert the CSV to JSON. Return only JSON.',
      'Return JSON only. Return JSON only, I said.',
      'Return JSON, not XML. No XML.',
    ]) {
      assert.deepEqual(rules(text), [], text);
    }
  });

  it('name rules behind input that nothing separates from them, and put tags around it', () => {
    const open = 'Sum up the mail.\n\nMail:\n{{mail}}\n\nKeep it short. Do not invent facts.';
    assert.deepEqual(rules(open), ['trailing-instruction']);
    assert.deepEqual(rules(repaired(open)), []);
    assert.match(repaired(open), /<mail>\n\{\{mail\}\}\n<\/mail>/);
    assert.deepEqual(rules('Text: {text}\nTranslate it into German.'), ['trailing-instruction']);
    for (const text of [
      '<mail>\n{{mail}}\n</mail>\nKeep it short.',
      '"""\n{mail}\n"""\nKeep it short.',
      'Language: {language}\nKeep it short.',
      'Sum up {text} for the reader.\nKeep it short.',
      'Text:\n{text}\n\nAnswer:',
      'Text:\n{text}\n\nWhat does the writer want?',
    ]) {
      assert.deepEqual(rules(text), [], text);
    }
  });

  it('name secrets that look real, and never repeat them', function () {
    if (!existsSync(secretsFile)) this.skip();
    const lines = readFileSync(secretsFile, 'utf8').trim().split('\n');
    const secrets = lines.map(
      line => JSON.parse(line) as { id: string; kind: string; parts: string[] },
    );
    for (const { id, kind, parts } of secrets) {
      const value = parts.join('');
      const found = lintPrompt(`Use this ${kind}: ${value}\nThen answer.`).filter(
        each => each.rule === 'secret',
      );
      // Stars in place of the middle: that one was taken out already.
      assert.equal(found.length, value.includes('***') ? 0 : 1, `${id} ${kind}`);
      for (const { message } of found) {
        const words = (value.match(/[\w-]{12,}/g) ?? []).filter(word => word !== 'Authorization');
        assert.ok(
          words.every(word => !message.includes(word)),
          id,
        );
      }
    }
  });

  it('leave alone what only stands where a secret would be', () => {
    for (const text of [
      'OPENAI_API_KEY=your-key-here-please',
      'api_key = "{api_key}"',
      'password: ${password}',
      'sk-xxxxxxxxxxxxxxxxxxxxxxxxxxxx',
      'Authorization: Bearer <token>',
      'https://user:password@example.com',
      'md5 0123456789abcdef0123456789abcdef of the file',
      'The key insight of commit 9fceb02d0ae598e95dc970b74767f19372d61a is simple.',
      'api_key = os.environ["OPENAI_API_KEY"]',
      'apiKey: process.env.OPENAI_API_KEY',
      'password=correcthorsebattery',
      'Basic understanding of Kubernetes',
      'sk-learn-pipelines-are-often-used-in-practice',
      'task-oriented-dialogue-systems-for-customers',
    ]) {
      assert.deepEqual(rules(text), [], text);
    }
  });

  it('name characters that nobody sees, and take them out', () => {
    for (const [text, clean] of [
      ['\u{FEFF}Hello', 'Hello'],
      ['He\u{200B}llo', 'Hello'],
      ['He\u{200B}\u{200B}llo', 'Hello'],
      ['a\u{A0}b', 'a b'],
      ['a\u{202E}b', 'ab'],
      ['a\u{200D}b', 'ab'],
      ['soft\u{AD}ware', 'software'],
      ['a\u{2028}b', 'a\nb'],
      ['a\0b', 'ab'],
      ['x\u{E0041}\u{E0041}y', 'xy'],
    ] as const) {
      assert.deepEqual(rules(text), ['invisible-character'], JSON.stringify(text));
      assert.equal(repaired(text), clean);
    }
    for (const text of [
      '👨‍👩‍👧',
      '❤️‍🔥',
      '🏳️‍🌈',
      '🏴󠁧󠁢󠁥󠁮󠁧󠁿',
      'می‌خواهم',
      'क्‍ष',
      'שלום\u{200F}!',
      'Prix\u{A0}: 10\u{A0}€',
      '10\u{A0}000',
      'tab\tand\r\nline',
    ]) {
      assert.deepEqual(rules(text), [], JSON.stringify(text));
    }
  });

  it('name a prompt that leaves the model no room, by the tokenizer that was handed in', () => {
    const text = 'word '.repeat(1000);
    assert.deepEqual(rules(text), []);
    assert.deepEqual(rules(text, { tokenLimit: 100_000 }), []);
    assert.match(
      lintPrompt(text, { tokenLimit: 1000, model: 'm' })[0]?.message ?? '',
      /about 1250 tokens and does not fit into the 1000 that m reads/,
    );
    assert.match(
      lintPrompt(text, { tokenLimit: 2000, countTokens: () => 1500 })[0]?.message ?? '',
      /has 1500 tokens and takes 75 % of/,
    );
    assert.deepEqual(rules(text, { tokenLimit: 2000, countTokens: () => 900 }), []);
  });
});
