import assert from 'node:assert/strict';
import type { ModelAnswer } from '../../../../src/engine/core/languageModel.ts';
import { reflectOnFailures } from '../../../../src/engine/optimize/operators/reflect.ts';
import { fenced } from '../../../../src/engine/optimize/fence.ts';

const parent = { system: 'Sort.', output: 'One word.' };

function read(text: string, finish: ModelAnswer['finish'] = 'stop', before = parent) {
  const usage = { calls: 1, inputTokens: 1, outputTokens: 1, estimated: false };
  return reflectOnFailures.read({ text, finish, usage, model: 'scripted' }, before);
}

const whole =
  '<prompt_system>Sort well.</prompt_system>\n<prompt_output>One word only.</prompt_output>\n<rationale>Long answers.</rationale>';

describe('The answer of the optimizer model', () => {
  it('is read into both components and the reason', () => {
    assert.deepEqual(read(whole), {
      prompt: { system: 'Sort well.', output: 'One word only.' },
      rationale: 'Long answers.',
    });
  });

  it('may come in a code fence, with words around it, with other line ends', () => {
    const dressed = `Sure! Here it is:\r\n\`\`\`xml\r\n${whole.replaceAll('\n', '\r\n')}\r\n\`\`\`\r\nGood luck.`;
    assert.deepEqual(read(dressed), read(whole));
  });

  it('may hold each part in a fence of its own', () => {
    const answer = '<prompt_system>\n```text\nSort well.\n\nTwice.\n```\n</prompt_system>';
    assert.deepEqual(read(answer), {
      prompt: { system: 'Sort well.\n\nTwice.', output: 'One word.' },
    });
  });

  it('keeps a fence that the prompt itself begins with', () => {
    const fence = { system: '```\ncode\n```', output: '' };
    const answer = '<prompt_system>```\nbetter code\n```</prompt_system>';
    assert.deepEqual(read(answer, 'stop', fence), {
      prompt: { system: '```\nbetter code\n```', output: '' },
    });
  });

  it('leaves the output component as it is where the answer has none', () => {
    assert.deepEqual(read('<prompt_system>Sort well.</prompt_system>'), {
      prompt: { system: 'Sort well.', output: 'One word.' },
    });
  });

  it('may empty the output component', () => {
    const proposal = read('<prompt_system>Sort.</prompt_system><prompt_output></prompt_output>');
    assert.deepEqual(proposal, { prompt: { system: 'Sort.', output: '' } });
  });

  it('counts the last prompt where the model thought aloud over the old one', () => {
    const answer = `The prompt is <prompt_system>Sort.</prompt_system>. Better:\n${whole}`;
    assert.deepEqual(read(answer), read(whole));
  });

  it('gives a prompt with our own tags in it back as it was written', () => {
    const system = 'Read <input> and write </prompt_system> into <output>.';
    assert.deepEqual(read(fenced('prompt_system', system)), {
      prompt: { system, output: 'One word.' },
    });
  });

  for (const [name, text, finish, problem] of [
    ['empty', '', 'stop', /held no prompt/],
    ['chat', 'I think the prompt is fine.', 'stop', /held no prompt/],
    ['torn', '<prompt_system>Sort w', 'cut', /cut off before the prompt was complete/],
    ['declined', '', 'refused', /declined/],
  ] as const) {
    it(`is a sentence, not a prompt, where it is ${name}`, () => {
      const proposal = read(text, finish);
      assert.ok('problem' in proposal);
      assert.match(proposal.problem, problem);
    });
  }
});
