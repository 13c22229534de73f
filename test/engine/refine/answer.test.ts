import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readAnswer } from '../../../src/engine/refine/answer.ts';
import { tagsFor } from '../../../src/engine/refine/tags.ts';

const tags = tagsFor([]);
const read = (answer: string) => readAnswer(answer, tags);

describe("a model's answer to a refinement", () => {
  it('is read whatever stands around it', () => {
    for (const answer of [
      '<refined_prompt>\nBe brief.\n</refined_prompt>',
      'Sure!\n<refined_prompt>Be brief.</refined_prompt>\nI hope this helps.',
      '```xml\n<refined_prompt>\nBe brief.\n</refined_prompt>\n```',
      '<Refined_Prompt >\r\nBe brief.\r\n</ refined_prompt>',
      '<refined_prompt>\n```\nBe brief.\n```\n</refined_prompt>',
      '<refined_prompt>\nBe brief.\n<changes></changes>',
      '<refined_prompt>\nBe brief.\n',
    ]) {
      assert.equal(read(answer).text, 'Be brief.', answer);
    }
  });

  it('keeps fences, tags and blank lines that belong to the prompt', () => {
    for (const text of [
      'Use this:\n```json\n{}\n```',
      '```json\n{}\n```\nor\n```json\n[]\n```',
      'Answer in <b>bold</b>, <answer>x</answer>.',
      '  indented\n\n\nfar',
    ]) {
      assert.equal(read(`<refined_prompt>\n${text}\n</refined_prompt>`).text, text);
    }
  });

  it('has no text where the tags are missing', () => {
    for (const answer of [
      '',
      'Be brief.',
      '</refined_prompt>',
      '<changes></changes>',
      '<refined',
    ]) {
      assert.equal(read(answer).text, undefined);
    }
  });

  it('lists changes in the asked form, as plain lines, and without reasons', () => {
    const asked = `<changes><change><what>a\n b</what><why>c</why></change>
      <change><why>only why</why></change><change><what>d</what></change></changes>`;
    assert.deepEqual(read(asked).changes, [
      { what: 'a b', why: 'c' },
      { what: 'only why', why: 'only why' },
      { what: 'd', why: '' },
    ]);
    assert.deepEqual(read('<changes>\n- one\n2. two\n\n</changes>').changes, [
      { what: 'one', why: '' },
      { what: 'two', why: '' },
    ]);
    assert.deepEqual(read('<changes><change><what>cut o').changes, [{ what: 'cut o', why: '' }]);
    assert.deepEqual(read('<changes> </changes>').changes, []);
  });

  it('can be anything at all without a crash or a long wait', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom(
        '<refined_prompt>',
        '</refined_prompt>',
        '<changes>',
        '</changes>',
        '<change>',
        '<what>',
        '</why>',
        '```\n',
        '<',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece), pieces => {
        const answer = read(pieces.join(''));
        assert.ok(answer.text === undefined || typeof answer.text === 'string');
      }),
    );
    const start = performance.now();
    read('<'.repeat(100_000) + '<refined_prompt>'.repeat(2_000) + '```'.repeat(10_000));
    assert.ok(performance.now() - start < 2_000);
  });
});
