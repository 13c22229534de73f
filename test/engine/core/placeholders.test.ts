import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  comparePlaceholders,
  fillPlaceholders,
  findBlockTags,
  findPlaceholders,
} from '../../../src/engine/core/placeholders.ts';

const names = (text: string) => findPlaceholders(text).map(each => `${each.dialect}:${each.name}`);

describe('placeholders', () => {
  it('are found in every dialect, in order', () => {
    assert.deepEqual(names('{{a}} {{ b.c }} {d} ${e} %(f)s {{first-name}} {{{g}}}'), [
      'mustache:a',
      'mustache:b.c',
      'brace:d',
      'dollar:e',
      'percent:f',
      'mustache:first-name',
      'mustache:g',
    ]);
  });

  it('may be named in any script', () => {
    assert.deepEqual(names('{{größe}} {имя} ${名前} {{nai\u0308ve}}'), [
      'mustache:größe',
      'brace:имя',
      'dollar:名前',
      'mustache:nai\u0308ve',
    ]);
  });

  for (const text of [
    '{}',
    '{{}}',
    '{"a": 1}',
    '{ x }',
    '{1}',
    '100 %(x',
    '%%(x)s',
    '${1}',
    '$x',
    '{{#if x}}',
    '{{/if}}',
    '{{else}}',
    '{{ else if x }}',
    '{{> part}}',
    '{% if x %}',
    '{a, b}',
    'function () { return }',
  ]) {
    it(`are not seen in ${text}`, () => {
      assert.deepEqual(findPlaceholders(text), []);
      assert.equal(fillPlaceholders(text, { x: '1', else: '2', if: '3' }), text);
    });
  }

  it('leave the braces of JSON around them alone', () => {
    assert.equal(fillPlaceholders('{"q": "{q}", "n": {}}', { q: 'x' }), '{"q": "x", "n": {}}');
    assert.equal(fillPlaceholders('{"q": {{q}}}', { q: '1' }), '{"q": 1}');
  });

  it('take values literally and once', () => {
    const values = { a: '$& $1 $$ {{b}}', b: '%(a)s' };
    assert.equal(fillPlaceholders('{{a}}|{b}', values), '$& $1 $$ {{b}}|%(a)s');
  });

  it('stay as they are written where there is no value, even for names that objects have', () => {
    const text = '{{x}} {toString} ${__proto__} {{constructor}}';
    assert.equal(fillPlaceholders(text, {}), text);
  });

  it('are compared with their number, in both directions', () => {
    assert.deepEqual(comparePlaceholders('{{a}} {{a}} {b}', '{{a}} {c}'), {
      lost: ['{{a}}', '{b}'],
      invented: ['{c}'],
    });
    assert.deepEqual(comparePlaceholders('{{a}}', '{{ a }}'), {
      lost: ['{{a}}'],
      invented: ['{{ a }}'],
    });
  });

  it('are compared together with the block tags that give them a meaning', () => {
    const text = '{{#if x}}{{x}}{{else}}-{{/if}}{% for y in z %}';
    assert.deepEqual(findBlockTags(text), ['{{#if x}}', '{{else}}', '{{/if}}', '{% for y in z %}']);
    assert.deepEqual(comparePlaceholders(text, '{{x}}').lost.length, 4);
  });

  it('are found where any texts are joined by them, and nowhere else', () => {
    const name = fc.stringMatching(/^[a-z_][a-z0-9_]{0,8}$/).filter(each => each !== 'else');
    const raw = fc.oneof(
      name.map(each => `{{${each}}}`),
      name.map(each => `{{ ${each} }}`),
      name.map(each => `{${each}}`),
      name.map(each => `\${${each}}`),
      name.map(each => `%(${each})s`),
    );
    const plain = fc.string({ unit: 'binary' }).map(each => each.replace(/[{}$%()]/g, ' '));
    fc.assert(
      fc.property(fc.array(fc.tuple(plain, raw)), plain, (pairs, last) => {
        const text = pairs.flat().join('') + last;
        const found = findPlaceholders(text);
        assert.deepEqual(
          found.map(each => each.raw),
          pairs.map(([, mark]) => mark),
        );
        for (const each of found) assert.equal(text.slice(each.start, each.end), each.raw);
      }),
    );
  });

  it('never change the text around them, whatever the text and the values', () => {
    const text = fc.string({ unit: fc.constantFrom('{', '}', '$', '%', '(', ')', 's', 'a', ' ') });
    fc.assert(
      fc.property(text, fc.string(), (prompt, value) => {
        const found = findPlaceholders(prompt);
        let expected = prompt;
        for (const each of found.toReversed()) {
          const filled = each.name === 'a' ? value : each.raw;
          expected = expected.slice(0, each.start) + filled + expected.slice(each.end);
        }
        assert.equal(fillPlaceholders(prompt, { a: value }), expected);
        assert.deepEqual(comparePlaceholders(prompt, prompt), { lost: [], invented: [] });
      }),
    );
  });

  it('are found in a megabyte of braces within a second', () => {
    const start = performance.now();
    findPlaceholders('{{ '.repeat(350_000));
    findPlaceholders('{'.repeat(1_000_000));
    findBlockTags('{{#a '.repeat(200_000));
    assert.ok(performance.now() - start < 10_000);
  });
});
