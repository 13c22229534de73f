import assert from 'node:assert/strict';
import { longestPrompt, refusalOf } from '../../../src/engine/optimize/guards.ts';
import { anExample } from '../../support/builders.ts';

const parent = { system: 'Sort {{text}} for {{team}}. Again: {{text}}', output: '' };
const story = 'my parcel was left in the rain by the driver on a Tuesday and the box is soaked';
const facts = {
  original: parent,
  parent,
  earlier: [parent],
  examples: [
    anExample(1, story, 'shipping'),
    ...[2, 3, 4, 5, 6].map(number =>
      anExample(number, `Which of the following is right? Choose one letter only. ${number}`, 'a'),
    ),
  ],
};
const refusal = (system: string, output = ''): string | undefined =>
  refusalOf({ system, output }, facts);

describe('A proposed prompt is refused before it costs a call', () => {
  it('where it is empty', () => {
    assert.equal(refusal(' \n'), 'The proposed prompt is empty.');
  });

  it('where it was tried before', () => {
    assert.equal(refusal(parent.system), 'The proposed prompt was tried before.');
  });

  it('where it lost a placeholder, or one of two', () => {
    assert.equal(refusal('Sort for {{team}}. {{text}}'), 'The proposed prompt lost {{text}}.');
    assert.equal(refusal('Sort it.'), 'The proposed prompt lost {{text}}, {{team}}, {{text}}.');
  });

  it('where it spells a placeholder in another way', () => {
    assert.match(refusal('Sort {text} for {{team}}. {{text}}') ?? '', /lost \{\{text\}\}/);
  });

  it('where it invents one', () => {
    assert.equal(
      refusal(`${parent.system} {{mood}}`),
      'The proposed prompt has {{mood}}, which the current prompt does not have.',
    );
  });

  it('but not where a placeholder moved to the other component', () => {
    assert.equal(refusal('Sort {{text}} for {{team}}.', 'Again: {{text}}'), undefined);
  });

  it('where it copies eight words of a row, in any case and dress, naming the line only', () => {
    const said = refusal(
      `${parent.system}\nIf MY PARCEL was left, in the rain by the driver: shipping.`,
    );
    assert.equal(
      said,
      'The proposed prompt copies 8 or more words from a row (line 2) instead of stating a rule.',
    );
    assert.ok(!said.includes('parcel'));
  });

  it('but not where it shares seven words with a row', () => {
    assert.equal(
      refusal(`${parent.system}\nIf the parcel was left in the rain by someone.`),
      undefined,
    );
  });

  it('nor where many rows share the words, which then belong to the task', () => {
    assert.equal(
      refusal(`${parent.system}\nWhich of the following is right? Choose one letter only.`),
      undefined,
    );
  });

  it('nor where the parent had the words already', () => {
    const held = { system: `${parent.system}\nExample: ${story}`, output: '' };
    const proposed = { system: `${held.system}\nBe brief.`, output: '' };
    assert.equal(refusalOf(proposed, { ...facts, parent: held }), undefined);
  });

  it('where it is much longer than the original', () => {
    const rule = 'Think about every single part of the whole text. ';
    assert.equal(refusal(parent.system + rule.repeat(90)), undefined);
    assert.match(
      refusal(parent.system + rule.repeat(110)) ?? '',
      /too long: about 1\d{3} tokens, 1200 are allowed/,
    );
  });
});

describe('The longest prompt that is allowed', () => {
  it('is four times the original, between 1,200 and 4,000 tokens', () => {
    assert.deepEqual([10, 300, 500, 1000, 2000].map(longestPrompt), [1200, 1200, 2000, 4000, 4000]);
  });

  it('leaves a long original room to change', () => {
    assert.equal(longestPrompt(8000), 10_000);
  });
});
