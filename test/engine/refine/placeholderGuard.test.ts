import assert from 'node:assert/strict';
import fc from 'fast-check';
import { GuardError } from '../../../src/engine/core/errors.ts';
import { refine } from '../../../src/engine/refine/refine.ts';
import { scriptedModel } from '../../support/scriptedModel.ts';
import { rewritten } from './rewritten.ts';

/** How each dialect spells a variable; the last ones are placeholders by their form. */
const dialects: Readonly<Record<string, (name: string) => string>> = {
  mustache: name => `{{${name}}}`,
  'mustache with spaces': name => `{{ ${name} }}`,
  'triple mustache': name => `{{{${name}}}}`,
  'Jinja filter': name => `{{ ${name} | upper }}`,
  'Jinja call': name => `{{ ${name}.items() | join(", ") }}`,
  'Jinja block': name => `{% if ${name} %}`,
  'Jinja loop': name => `{%- for item in ${name} -%}`,
  'handlebars block': name => `{{#if ${name}}}`,
  brace: name => `{${name}}`,
  'brace with format': name => `{${name}:>10}`,
  'brace with precision': name => `{${name}:.2f}`,
  'brace with conversion': name => `{${name}!r}`,
  'brace with index': name => `{${name}[0]}`,
  'brace with attribute': name => `{${name}.title}`,
  'brace with call': name => `{${name}.strip()}`,
  'brace by position': name => `{${name.length}}`,
  percent: name => `%(${name})s`,
  'percent with width': name => `%(${name})05d`,
  template: name => `\${${name}}`,
  'template with call': name => `\${${name}.trim()}`,
  'template with condition': name => `\${${name} ? "{a}" : \`\${${name}}\`}`,
  angle: name => `<${name}>`,
  'angle with spaces': name => `<the ${name}>`,
};
const dialectNames = Object.keys(dialects);

const names = ['ticket', 'customer_name', 'language', 'question', 'order', 'topic'];
// The same words, as a model translates them by mistake.
const translations = ['billet', 'nom_client', 'sprache', 'frage', 'bestellung', 'thema'];

const sentences = [
  'Read the text carefully before you write.',
  'Answer in three sentences at most.',
  'Use the tone of a friendly colleague.',
  'Say so where the text does not tell.',
  'Do not invent facts or prices.',
  'Keep to the order of the text.',
];

interface Case {
  readonly dialect: string;
  readonly marks: readonly string[];
  readonly before: string;
}

const aCase = fc
  .record({
    dialect: fc.constantFrom(...dialectNames),
    count: fc.integer({ min: 1, max: 3 }),
    first: fc.integer({ min: 0, max: names.length - 1 }),
  })
  .map(({ dialect, count, first }): Case => {
    const chosen = Array.from(
      { length: count },
      (_, at) => names[(first + at) % names.length] ?? '',
    );
    const marks = chosen.map(name => spelled(dialect, name));
    return { dialect, marks, before: textWith(marks, sentences) };
  });

function spelled(dialect: string, name: string): string {
  return dialects[dialect]?.(name) ?? '';
}

function textWith(marks: readonly string[], lines: readonly string[]): string {
  const labelled = marks.map((mark, index) => `Input ${index + 1}: ${mark} ends here.`);
  return ['Help the person with this.', ...lines, ...labelled].join('\n');
}

/** A text that breaks the promise in one of five ways. */
function damaged({ dialect, marks }: Case, damage: string, at: number): string {
  const index = at % marks.length;
  const mark = marks[index] ?? '';
  const other = (name: string): string => spelled(dialect, name);
  const replaced = (fresh: string): string[] =>
    marks.map((each, i) => (i === index ? fresh : each));
  switch (damage) {
    case 'loses':
      return textWith(replaced('it'), sentences);
    case 'invents':
      return textWith([...marks, other('further_instructions')], sentences);
    case 'renames':
      return textWith(replaced(other('renamed_variable_x')), sentences);
    case 'duplicates':
      return textWith([...marks, mark], sentences);
    default:
      return textWith(
        replaced(
          other(
            `${translations[names.findIndex(name => mark.includes(name))] ?? 'uebersetzt'}_wert`,
          ),
        ),
        sentences,
      );
  }
}

/** A rewrite that keeps every promise: other order, other words, lists, markup and examples. */
const goodRewrite = (one: Case): fc.Arbitrary<string> =>
  fc
    .record({
      lines: fc.shuffledSubarray(sentences, { minLength: 3 }),
      marks: fc.shuffledSubarray([...one.marks], { minLength: one.marks.length }),
      style: fc.constantFrom('plain', 'list', 'tags', 'headings', 'example', 'code'),
    })
    .map(({ lines, marks, style }) => {
      const text = textWith(marks, style === 'list' ? lines.map(line => `- ${line}`) : lines);
      if (style === 'tags') return `<context>\n${text}\n</context>\nUse <b>bold</b> for names.<br>`;
      if (style === 'headings') return `## Task\n\n${text}\n\n## Rules\n\n1. Be exact.`;
      if (style === 'example') return `${text}\nExample: {"label": "bug", "sure": {}} or [1, 2].`;
      if (style === 'code') return `${text}\nMatch \\d{3}-[a-z]{2}, x^{2}, a < b and c > d, 100 %.`;
      return text;
    });

// One word, so that braces around its seal would make a placeholder.
const lockedText = 'refunds';

/** The same prompt with a locked section on top. */
function withLock({ before }: Case) {
  return { text: `${lockedText}\n${before}`, locked: [{ start: 0, end: lockedText.length }] };
}

describe('the guard of placeholders', () => {
  const counts = { bad: 0, refused: 0, good: 0, accepted: 0 };
  after(() => {
    const { bad, refused, good, accepted } = counts;
    console.log(
      `      ${refused} of ${bad} bad candidates refused, ${good - accepted} of ${good} good ones`,
    );
  });

  const damages = ['loses', 'invents', 'renames', 'duplicates', 'translates'];
  for (const damage of damages) {
    it(`refuses every answer of a model that ${damage} one, in every dialect`, async () => {
      let refused = 0;
      const seen = new Set<string>();
      await fc.assert(
        fc.asyncProperty(aCase, fc.nat(5), async (one, at) => {
          const after = damaged(one, damage, at);
          const model = scriptedModel([rewritten(after)]);
          await assert.rejects(refine({ text: one.before }, model), (error: unknown) => {
            assert.ok(error instanceof GuardError, `${one.dialect}: ${after}`);
            assert.ok(
              error.broken.some(each => each.guard === 'placeholders'),
              after,
            );
            assert.equal(error.text, after);
            return true;
          });
          assert.equal(model.requests.length, 2, 'asked once more, never repaired in silence');
          refused += 1;
          seen.add(one.dialect);
        }),
        { numRuns: 600, seed: 7 },
      );
      assert.equal(refused, 600);
      counts.bad += 600;
      counts.refused += refused;
      assert.deepEqual([...seen].sort(), [...dialectNames].sort());
    });
  }

  it('refuses every answer of a model that moves one into a locked section', async () => {
    let refused = 0;
    const place = fc.constantFrom('written out', 'inside of the seal', 'around the seal', 'twice');
    await fc.assert(
      fc.asyncProperty(aCase, place, async (one, where) => {
        const { text, locked } = withLock(one);
        const mark = one.marks[0] ?? '';
        const seal = '[[LOCKED_1]]';
        const moved = {
          'written out': `${lockedText} ${mark}`,
          'inside of the seal': `[[LOCKED_1 ${mark}]]`,
          'around the seal': `{${seal}}`,
          twice: `${seal} ${mark} ${seal}`,
        }[where];
        // Around the seal nothing has to be missing elsewhere: the braces make a new placeholder.
        const rest = where === 'around the seal' ? one.before : one.before.replace(mark, 'it');
        const model = scriptedModel([rewritten(`${moved}\n${rest}`)]);
        await assert.rejects(refine({ text, locked }, model), GuardError, `${where}: ${mark}`);
        refused += 1;
      }),
      { numRuns: 600, seed: 13 },
    );
    assert.equal(refused, 600);
    counts.bad += 600;
    counts.refused += refused;
  });

  it('refuses no good answer, in any dialect', async () => {
    let accepted = 0;
    const cases = aCase.chain(one => goodRewrite(one).map(after => ({ one, after })));
    await fc.assert(
      fc.asyncProperty(cases, async ({ one, after }) => {
        const model = scriptedModel([rewritten(after)]);
        const refinement = await refine({ text: one.before }, model);
        assert.equal(refinement.after, after);
        assert.equal(model.requests.length, 1);
        accepted += 1;
      }),
      { numRuns: 1000, seed: 11 },
    );
    assert.equal(accepted, 1000);
    counts.good += 1000;
    counts.accepted += accepted;
  });

  it('refuses no good answer that keeps a locked section beside its placeholders', async () => {
    let accepted = 0;
    const cases = aCase.chain(one => goodRewrite(one).map(after => ({ one, after })));
    await fc.assert(
      fc.asyncProperty(cases, fc.boolean(), async ({ one, after }, isLast) => {
        const sealed = isLast ? `${after}\n[[LOCKED_1]]` : `[[LOCKED_1]]\n${after}`;
        const { after: whole } = await refine(withLock(one), scriptedModel([rewritten(sealed)]));
        assert.equal(whole, sealed.replace('[[LOCKED_1]]', lockedText));
        accepted += 1;
      }),
      { numRuns: 600, seed: 17 },
    );
    assert.equal(accepted, 600);
    counts.good += 600;
    counts.accepted += accepted;
  });
});
